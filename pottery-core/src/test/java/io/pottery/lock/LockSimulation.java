package io.pottery.lock;

import io.pottery.internal.redis.RedisMaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The production code of locks in a world of its own, with one thread, virtual time, a virtual network and models of
 * masters. All that is left to chance follows from the seed: a seed is a schedule, and repeats itself exactly.
 */
final class LockSimulation {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final RedlockOptions OPTIONS =
            RedlockOptions.defaults().withAutoReleaseTime(LEASE).withMasterTimeout(Duration.ofMillis(100));

    private static final long SECOND = 1_000_000;
    private static final long CALM = 5 * SECOND / 4;

    /** Holders go on for 2 s after the faults; after three leases more all must have had the lock. */
    private static final long PATIENCE = 2 * SECOND + 3 * SECOND;

    private static final long WALL = 1_700_000_000 * SECOND;

    private final long seed;
    private final Profile profile;
    private final Collaborators collaborators;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final Witness witness;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    /** What came of a schedule: how many leases were had, and how promises were broken. */
    record Outcome(long seed, Profile profile, int leases, Map<Promise, String> broken) {

        boolean isWrong() {
            return broken.keySet().stream().anyMatch(profile.promises()::contains);
        }
    }

    private LockSimulation(long seed, Profile profile, Collaborators collaborators) {
        this.seed = seed;
        this.profile = profile;
        this.collaborators = collaborators;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
        this.witness = new Witness(time, noticeDelay());
    }

    /** A lease looks each second whether the clock did not go as the timer did. */
    private long noticeDelay() {
        return profile.has(Fault.SUSPENSIONS) || profile.has(Fault.JUMPS) ? SECOND : 0;
    }

    static Outcome run(long seed, Profile profile, Collaborators collaborators) {
        return new LockSimulation(seed, profile, collaborators).run();
    }

    private Outcome run() {
        SimulatedNetwork network = new SimulatedNetwork(random, !profile.has(Fault.REORDERING));
        for (int i = 0; i < profile.masters(); i++) {
            double rate = rate();
            long offset = WALL + random.nextInt(200_000);
            servers.add(new SimulatedServer(() -> offset + (long) (time.now() * rate), collaborators));
        }
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            SimulatedClient client = new SimulatedClient(i, rate(), time, witness);
            List<RedisMaster> links = new ArrayList<>();
            for (SimulatedServer server : servers) {
                links.add(new SimulatedLink("master " + links.size(), time, network, client, server));
            }
            client.join(links, collaborators, random);
            clients.add(client);
            employ(client);
        }
        planFaults();
        time.at(CALM, network::calmDown);
        workers.forEach(Worker::begin);
        try {
            passUntil(CALM, () -> false);
            long awake =
                    clients.stream().mapToLong(SimulatedClient::awakeFrom).max().orElseThrow();
            passUntil(Math.max(CALM, awake) + PATIENCE, this::isOver);
            passUntil(time.now() + noticeDelay() + SECOND / 100, () -> false);
        } catch (RuntimeException e) {
            witness.breaks(Promise.FAILURES, e);
        }
        workers.stream()
                .filter(worker -> !worker.isDone())
                .forEach(worker -> witness.breaks(Promise.LIVENESS, worker + " after " + witness.lastTenure()));
        return new Outcome(seed, profile, witness.leases(), new EnumMap<>(witness.verdict()));
    }

    private void employ(SimulatedClient client) {
        RedlockOptions options = collaborators.options(OPTIONS);
        List<RedlockProtocol> locks = List.of(
                client.lock("simulated", options),
                client.lock("simulated", options.withRenewal()),
                client.lock("simulated", options.withRenewal().withMaximumHold(LEASE.multipliedBy(2))));
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            workers.add(new Worker(client, time, witness, random, locks, CALM));
        }
    }

    private void planFaults() {
        if (profile.has(Fault.PAUSES)) {
            sometimes(() -> anyClient().pause(standstill()));
        }
        if (profile.has(Fault.SUSPENSIONS)) {
            sometimes(() -> anyClient().suspend(standstill()));
        }
        if (profile.has(Fault.CRASHES)) {
            sometimes(() -> {
                SimulatedServer server = anyServer();
                server.crash();
                time.at(time.now() + random.nextInt(800_000), server::restart);
            });
        }
        if (profile.has(Fault.JUMPS)) {
            sometimes(() -> anyServer().jump(random.nextLong(-SECOND, 3 * SECOND)));
            sometimes(() -> anyClient().jump(random.nextLong(-SECOND, 3 * SECOND)));
        }
    }

    private void sometimes(Runnable fault) {
        for (int i = random.nextInt(4); i > 0; i--) {
            time.at(random.nextLong(CALM), fault);
        }
    }

    private long standstill() {
        return random.nextLong(5 * SECOND / 2);
    }

    private SimulatedClient anyClient() {
        return clients.get(random.nextInt(clients.size()));
    }

    private SimulatedServer anyServer() {
        return servers.get(random.nextInt(servers.size()));
    }

    private double rate() {
        return 1 + random.nextDouble(-1, 1) * collaborators.clockError();
    }

    private void passUntil(long end, BooleanSupplier over) {
        while (!over.getAsBoolean() && time.passes(end)) {}
    }

    private boolean isOver() {
        return !witness.hasValid() && workers.stream().allMatch(Worker::isDone);
    }
}
