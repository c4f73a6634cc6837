package io.pottery.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Lease} for callers who do not wait. Futures complete on the factory's executor, or on that of
 * {@link AsyncRedlock#on}.
 */
public final class AsyncLease {

    private final HeldLease held;
    private final Executor executor;

    AsyncLease(HeldLease held, Executor executor) {
        this.held = held;
        this.executor = executor;
    }

    /** Whether the lease is still held by this process's own clock; asks no master. */
    public boolean isValid() {
        return held.isValid();
    }

    /** How long it still lasts unless it is extended; zero when it is over. Asks no master. */
    public Duration remaining() {
        return held.remaining();
    }

    /** As {@link Lease#fencingToken()}. */
    public long fencingToken() {
        return held.fencingToken();
    }

    /** As {@link Lease#onLost}. */
    public void onLost(Runnable listener) {
        held.onLost(listener, executor);
    }

    /** As {@link Lease#extend()}; the future fails as that throws. */
    public CompletableFuture<@Nullable Void> extend() {
        return held.handOver(held.extend(), executor);
    }

    /** As {@link Lease#release()}; the future fails as that throws. */
    public CompletableFuture<@Nullable Void> release() {
        return held.handOver(held.release(), executor);
    }

    /** As {@link Lease#close()}; the future fails as that throws. */
    public CompletableFuture<@Nullable Void> close() {
        return held.handOver(held.close(), executor);
    }

    /** The same lease for callers who wait. */
    public Lease blocking() {
        return new Lease(held);
    }

    @Override
    public String toString() {
        return held.toString();
    }
}
