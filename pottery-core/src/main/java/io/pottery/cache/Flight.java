package io.pottery.cache;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call of this process that is computing an entry, or waits for another process to do so, and that others follow.
 *
 * @param thread computes it; null if that is not one thread alone
 * @param end completes with the result, fails as the computation does, or is cancelled if it was given up
 * @param behind the one that it follows itself; null if none
 */
record Flight<V>(
        @Nullable Thread thread, CompletableFuture<@Nullable V> end, AtomicReference<@Nullable Flight<V>> behind) {

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

    /** Follows {@code other}, unless that follows this one, be it by way of others: nobody would ever end. */
    boolean follows(Flight<V> other) {
        behind.set(other); // before looking, so that of two who follow each other at once one sees it
        for (Flight<V> each = other; each != null; each = each.behind.get()) {
            if (each.end == end) {
                behind.set(null);
                return false;
            }
        }
        return true;
    }

    void fail(Throwable failure) {
        if (isGivenUp(failure)) {
            end.cancel(false);
        } else {
            end.completeExceptionally(failure);
        }
    }
}
