package io.pottery.simulation;

import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the production code is given in a simulation. A mutant gives it something wrong. */
public abstract class Collaborators {

    /** By how much clocks differ from time, at most. */
    protected double clockError() {
        return 0.005;
    }

    /** A master whose wall clock shows {@code micros}; {@code subscribers} get the channel of each message. */
    protected abstract ModelMaster master(LongSupplier micros, Consumer<String> subscribers);

    /** How a client, which is known by its number, reaches {@code masters}. */
    protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
        return masters;
    }

    /** The clock of {@code client}. */
    protected ElapsedClock clock(SimulatedClient client) {
        return new ElapsedClock(client::nanoTime, client::wall);
    }

    /** The timer of {@code client}. */
    protected Timer timer(SimulatedClient client) {
        return client;
    }
}
