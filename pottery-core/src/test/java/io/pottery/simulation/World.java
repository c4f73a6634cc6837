package io.pottery.simulation;

import io.pottery.internal.redis.RedisMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What a schedule happens in: masters, clients and the network between them, which faults befall for a while. */
public final class World {

    /** A second, in the microseconds of {@link VirtualTime}. */
    public static final long SECOND = 1_000_000;

    private static final long WALL = 1_700_000_000 * SECOND;

    private final Profile profile;
    private final Collaborators collaborators;
    private final long calm;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();

    /** The world that {@code seed} stands for, in which faults end at the moment {@code calm}. */
    public World(long seed, Profile profile, Collaborators collaborators, long calm) {
        this.profile = profile;
        this.collaborators = collaborators;
        this.calm = calm;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
        this.network = new SimulatedNetwork(random, !profile.has(Fault.REORDERING));
        for (int i = 0; i < profile.masters(); i++) {
            double rate = rate();
            long offset = WALL + random.nextInt(200_000);
            servers.add(new SimulatedServer(() -> offset + (long) (time.now() * rate), collaborators));
        }
    }

    /** Its time. */
    public VirtualTime time() {
        return time;
    }

    /** Where all decisions come from. */
    public RandomGenerator random() {
        return random;
    }

    /** Whether the faults are over. */
    public boolean isCalm() {
        return time.now() >= calm;
    }

    /** Another client, which {@code witness} sees after all that it does. */
    public SimulatedClient client(Consumer<SimulatedClient> witness) {
        SimulatedClient client = new SimulatedClient(clients.size(), rate(), time, witness);
        List<RedisMaster> links = new ArrayList<>();
        for (SimulatedServer server : servers) {
            links.add(new SimulatedLink("master " + links.size(), time, network, client, server));
        }
        client.join(links, collaborators, random);
        clients.add(client);
        return client;
    }

    /** Has the faults happen, and comes to the moment at which they end. */
    public void suffer() {
        planFaults();
        time.at(calm, network::calmDown);
        passUntil(calm, () -> false);
    }

    /** Goes on until it is {@code over}, for so many microseconds at most after all clients are awake. */
    public void recover(long patience, BooleanSupplier over) {
        long awake =
                clients.stream().mapToLong(SimulatedClient::awakeFrom).max().orElseThrow();
        passUntil(Math.max(calm, awake) + patience, over);
    }

    /** Goes on for so many microseconds. */
    public void pass(long micros) {
        passUntil(time.now() + micros, () -> false);
    }

    private void passUntil(long end, BooleanSupplier over) {
        while (!over.getAsBoolean() && time.passes(end)) {}
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
            time.at(random.nextLong(calm), fault);
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
}
