package io.pottery.id;

import io.pottery.simulation.Collaborators;
import io.pottery.simulation.ModelMaster;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** What ids, and who takes them, are given in a simulation. */
class IdCollaborators extends Collaborators {

    NextIdOptions options(NextIdOptions options) {
        return options;
    }

    /** How so many ids are taken of an instance. */
    IntFunction<CompletableFuture<IdRange>> taking(AsyncNextId ids) {
        return ids::next;
    }

    @Override
    protected ModelMaster master(LongSupplier micros, Consumer<String> subscribers) {
        return new IdMaster(micros, subscribers);
    }
}
