package io.pottery.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A master that may be gone for a while, with a wall clock of its own. */
final class SimulatedServer {

    private final List<SimulatedLink> links = new ArrayList<>();
    private final ModelMaster master;
    private boolean up = true;
    private long jumps;

    /** A server whose wall clock is {@code clock} unless it jumps. */
    SimulatedServer(LongSupplier clock, Collaborators collaborators) {
        this.master = collaborators.master(() -> clock.getAsLong() + jumps, this::publish);
    }

    ModelMaster master() {
        return master;
    }

    void connect(SimulatedLink link) {
        links.add(link);
    }

    boolean up() {
        return up;
    }

    void crash() {
        up = false;
        links.forEach(SimulatedLink::broken);
    }

    void restart() {
        up = true;
        master.restart();
    }

    void jump(long micros) {
        jumps += micros;
    }

    private void publish(String channel) {
        links.forEach(link -> link.publish(channel));
    }
}
