package io.pottery.lock;

import io.pottery.simulation.Collaborators;
import io.pottery.simulation.ModelMaster;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What locks are given in a simulation. */
class LockCollaborators extends Collaborators {

    RedlockOptions options(RedlockOptions options) {
        return options;
    }

    @Override
    protected ModelMaster master(LongSupplier micros, Consumer<String> subscribers) {
        return new LockMaster(micros, subscribers);
    }
}
