package io.pottery.cache;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call of this process that is computing an entry, or waits for another process to do so, and that others follow.
 *
 * @param thread computes it; null if that is not one thread alone
 * @param end completes with the result, fails as the computation does, or is cancelled if it was given up
 */
record Flight<V>(@Nullable Thread thread, CompletableFuture<@Nullable V> end) {

    /** How far down causes are looked at, which might go round in circles. */
    private static final int DEEPEST = 20;

    /** Whether a computation ended so that the next caller should not take its failure for an answer. */
    static boolean isGivenUp(Throwable failure) {
        return Thread.currentThread().isInterrupted()
                || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .limit(DEEPEST)
                        .anyMatch(Flight::endsOneAlone);
    }

    private static boolean endsOneAlone(Throwable cause) {
        return cause instanceof Error
                || cause instanceof InterruptedException
                || cause instanceof CancellationException;
    }

    void fail(Throwable failure) {
        if (isGivenUp(failure)) {
            end.cancel(false);
        } else {
            end.completeExceptionally(failure);
        }
    }
}
