package io.pottery.lock;

import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the production code is given in a simulation. A mutant gives it something wrong. */
class Collaborators {

    /** By how much clocks differ from time, at most. */
    double clockError() {
        return 0.005;
    }

    RedlockOptions options(RedlockOptions options) {
        return options;
    }

    ModelMaster master(LongSupplier micros, Consumer<String> subscribers) {
        return new ModelMaster(micros, subscribers);
    }

    List<RedisMaster> masters(int client, List<RedisMaster> masters) {
        return masters;
    }

    ElapsedClock clock(SimulatedClient client) {
        return new ElapsedClock(client::nanoTime, client::wall);
    }

    Timer timer(SimulatedClient client) {
        return client;
    }
}
