package io.pottery.lock;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.simulation.Fault;
import io.pottery.simulation.Outcome;
import io.pottery.simulation.Profile;
import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/**
 * One schedule of the lock's production code in a world of virtual clocks, masters and messages: two or three clients
 * share a lock while there are faults, and a while longer. The seed decides everything, so it is the same each time.
 */
final class LockSimulation {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final RedlockOptions OPTIONS =
            RedlockOptions.defaults().withAutoReleaseTime(LEASE).withMasterTimeout(Duration.ofMillis(100));

    private static final long CALM = World.SECOND;

    /** Holders go on for 2 s after the faults; after three leases more all must have had the lock. */
    private static final long PATIENCE = 2 * World.SECOND + 3 * World.SECOND;

    private final long seed;
    private final Profile profile;
    private final LockCollaborators collaborators;
    private final World world;
    private final Witness witness;
    private final List<Worker> workers = new ArrayList<>();

    private LockSimulation(long seed, Profile profile, LockCollaborators collaborators) {
        this.seed = seed;
        this.profile = profile;
        this.collaborators = collaborators;
        this.world = new World(seed, profile, collaborators, CALM);
        this.witness = new Witness(world.time(), noticeDelay());
    }

    /** A lease looks each second whether the clock did not go as the timer did. */
    private long noticeDelay() {
        return profile.has(Fault.SUSPENSIONS) || profile.has(Fault.JUMPS) ? World.SECOND : 0;
    }

    static Outcome<Promise> run(long seed, Profile profile, LockCollaborators collaborators) {
        return new LockSimulation(seed, profile, collaborators).run();
    }

    private Outcome<Promise> run() {
        for (int i = 2 + world.random().nextInt(2); i > 0; i--) {
            employ(world.client(witness::look));
        }
        workers.forEach(Worker::begin);
        try {
            world.suffer();
            world.recover(PATIENCE, this::isOver);
            world.pass(noticeDelay() + World.SECOND / 100);
        } catch (RuntimeException e) {
            witness.breaks(Promise.FAILURES, e);
        }
        workers.stream()
                .filter(worker -> !worker.isDone())
                .forEach(worker -> witness.breaks(Promise.LIVENESS, worker + " after " + witness.lastTenure()));
        return new Outcome<>(seed, profile, witness.leases(), Promise.in(profile), new EnumMap<>(witness.verdict()));
    }

    private void employ(SimulatedClient client) {
        RedlockOptions options = collaborators.options(OPTIONS);
        WaitingLines lines = new WaitingLines(client.world(), new Ledger(ObservationRegistry.NOOP));
        List<RedlockProtocol> locks = List.of(
                lock(options, client, lines),
                lock(options.withRenewal(), client, lines),
                lock(options.withRenewal().withMaximumHold(LEASE.multipliedBy(2)), client, lines));
        for (int i = 1 + world.random().nextInt(2); i > 0; i--) {
            workers.add(new Worker(client, world, witness, locks));
        }
    }

    private static RedlockProtocol lock(RedlockOptions options, SimulatedClient client, WaitingLines lines) {
        return new RedlockProtocol(LockKeys.of("simulated"), options, client.world(), lines);
    }

    private boolean isOver() {
        if (witness.hasValid()) {
            return false;
        }
        for (Worker worker : workers) {
            if (!worker.isDone()) {
                return false;
            }
        }
        return true;
    }
}
