package io.pottery.simulation;

import java.util.random.RandomGenerator;

/** Between clients and masters: most messages are quick, some are slower than a lease, some are lost. */
final class SimulatedNetwork {

    private final RandomGenerator random;
    private final boolean ordered;
    private boolean quiet;

    SimulatedNetwork(RandomGenerator random, boolean ordered) {
        this.random = random;
        this.ordered = ordered;
    }

    boolean ordered() {
        return ordered;
    }

    /** Ends the faults. */
    void calmDown() {
        quiet = true;
    }

    boolean loses() {
        return !quiet && random.nextInt(100) < 8;
    }

    /** How many microseconds the next message takes; where messages are in order, a slow one holds up the others. */
    long delay() {
        int kind = quiet ? 0 : random.nextInt(100);
        if (kind < 80) {
            return 100 + random.nextInt(1_900);
        }
        return kind < (ordered ? 99 : 97) ? 2_000 + random.nextInt(58_000) : 60_000 + random.nextInt(1_440_000);
    }
}
