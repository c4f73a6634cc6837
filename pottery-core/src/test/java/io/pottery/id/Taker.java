package io.pottery.id;

import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.internal.redis.Completion;
import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.World;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Somebody in a client who takes ids, one or many; again and again while there are faults, and once more afterwards.
 */
final class Taker {

    private static final Set<Class<?>> DOCUMENTED =
            Set.of(QuorumIsImpossibleException.class, QuorumNotAchievedException.class);

    private static final List<Integer> COUNTS = List.of(1, 1, 1, 1, 1, 2, 3, 10, 30, 600_000);

    private static final int LONGEST_PAUSE = 100;
    private static final int LONGEST_WAIT = 20;

    private final SimulatedClient client;
    private final World world;
    private final Witness witness;
    private final AsyncNextId ids;
    private final boolean blocks;
    private final IntFunction<CompletableFuture<IdRange>> taking;
    private boolean done;

    /** One who takes ids of {@code ids}, which takes {@code blocks} of them or not, as {@code taking} says. */
    Taker(
            SimulatedClient client,
            World world,
            Witness witness,
            AsyncNextId ids,
            boolean blocks,
            IntFunction<CompletableFuture<IdRange>> taking) {
        this.client = client;
        this.world = world;
        this.witness = witness;
        this.ids = ids;
        this.blocks = blocks;
        this.taking = taking;
    }

    AsyncNextId ids() {
        return ids;
    }

    /** Whether its ids are in order only among themselves. */
    boolean hasBlocks() {
        return blocks;
    }

    /** Whether it has got ids once more after the faults. */
    boolean isDone() {
        return done;
    }

    void begin() {
        within(LONGEST_PAUSE, this::next);
    }

    private void next() {
        boolean last = world.isCalm();
        int count = COUNTS.get(random(COUNTS.size()));
        long called = witness.now();
        CompletableFuture<IdRange> result = taking.apply(count);
        result.whenComplete((range, failure) -> {
            if (failure == null) {
                received(called, range, count);
                done = last;
            } else if (!result.isCancelled()) {
                expectDocumented(failure);
            }
            if (done) {
                return;
            }
            if (failure == null && random(3) == 0) {
                client.at(world.time().now(), this::next);
            } else {
                within(LONGEST_PAUSE, this::next);
            }
        });
        if (!last && random(20) == 0) {
            within(LONGEST_WAIT, () -> result.cancel(true));
        }
    }

    private void received(long called, IdRange range, int count) {
        witness.received(this, called, range);
        if (range.size() != count) {
            witness.breaks(Promise.FAILURES, "%s instead of %d ids".formatted(range, count));
        }
    }

    private void expectDocumented(Throwable failure) {
        if (!DOCUMENTED.contains(Completion.causeOf(failure).getClass())) {
            witness.breaks(Promise.FAILURES, failure);
        }
    }

    private int random(int bound) {
        return world.random().nextInt(bound);
    }

    private void within(int millis, Runnable work) {
        client.at(world.time().now() + random(millis * 1000), work);
    }

    @Override
    public String toString() {
        return blocks ? "client %d, from a block".formatted(client.number()) : "client %d".formatted(client.number());
    }
}
