package io.pottery.id;

import io.pottery.internal.quorum.HandOver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link NextId} for callers who do not wait. Futures complete on the factory's executor, or at once if the id is in
 * stock; the ids of one that was cancelled are lost, or were never taken.
 */
public final class AsyncNextId {

    private final NextIdProtocol sequence;
    private final Stock stock;

    AsyncNextId(NextIdProtocol sequence, Stock stock) {
        this.sequence = sequence;
        this.stock = stock;
    }

    /** As {@link NextId#nextLong()}. */
    public CompletableFuture<Long> next() {
        return take(1, first -> first);
    }

    /** As {@link NextId#next(int)}. */
    public CompletableFuture<IdRange> next(int count) {
        return take(NextIdOptions.requireCount("count", count), first -> IdRange.of(first, count));
    }

    /** As {@link NextId#reset()}. */
    public CompletableFuture<@Nullable Void> reset() {
        return HandOver.<@Nullable Void, @Nullable Void>to(
                sequence.world().executor(), stock.reset(), done -> done, done -> {});
    }

    private <F> CompletableFuture<F> take(int count, Function<Long, F> face) {
        long first = stock.poll(count);
        return first > 0
                ? CompletableFuture.completedFuture(face.apply(first))
                : HandOver.to(sequence.world().executor(), stock.next(count), face, unwanted -> {});
    }

    @Override
    public String toString() {
        return "AsyncNextId '%s'".formatted(sequence.key());
    }
}
