package io.pottery.queue;

import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who wants elements, until they are there or nobody wants them any more. */
final class Request {

    final int most;
    final @Nullable Duration timeout;
    final CompletableFuture<List<Handed>> result = new CompletableFuture<>();
    private final ElapsedClock.Mark since = ElapsedClock.system().mark();

    /** Whether the server has been asked, with or without success. */
    boolean answered;

    boolean late;

    /** Why the server did not answer the last time; null if it did. */
    @Nullable
    Throwable failure;

    Request(int most, @Nullable Duration timeout) {
        this.most = most;
        this.timeout = timeout;
    }

    boolean waits() {
        return timeout == null || !timeout.isZero();
    }

    /** How long this waits from now; null for ever. */
    @Nullable
    Duration remaining() {
        return timeout == null ? null : timeout.minus(since.elapsed());
    }

    /** Nothing was there, as far as is known. */
    void giveUp() {
        if (failure == null) {
            result.complete(List.of());
        } else {
            result.completeExceptionally(failure);
        }
    }
}
