package io.pottery.lock;

import static java.util.Objects.requireNonNull;

import io.pottery.internal.quorum.HandOver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A {@link Redlock} for callers who do not wait. Futures complete on the factory's executor; cancelling one leaves the
 * line, and gives back what was on its way.
 */
public final class AsyncRedlock {

    private final RedlockProtocol protocol;
    private final Executor executor;

    AsyncRedlock(RedlockProtocol protocol, Executor executor) {
        this.protocol = protocol;
        this.executor = executor;
    }

    /** The same lock, whose futures, and those of its leases, complete on {@code executor}. */
    public AsyncRedlock on(Executor executor) {
        return new AsyncRedlock(protocol, requireNonNull(executor, "executor must not be null"));
    }

    /** As {@link Redlock#acquire()}. */
    public CompletableFuture<AsyncLease> acquire() {
        return handOver(protocol.lines().await(protocol, null), lease -> face(lease.orElseThrow()));
    }

    /** As {@link Redlock#tryAcquire()}. */
    public CompletableFuture<Optional<AsyncLease>> tryAcquire() {
        return handOver(protocol.lines().tryOnce(protocol), lease -> lease.map(this::face));
    }

    /** As {@link Redlock#tryAcquire(Duration)}. */
    public CompletableFuture<Optional<AsyncLease>> tryAcquire(Duration timeout) {
        return handOver(protocol.lines().tryFor(protocol, timeout), lease -> lease.map(this::face));
    }

    /** As {@link Redlock#isLocked()}. */
    public CompletableFuture<Boolean> isLocked() {
        return HandOver.to(executor, protocol.isLocked(), locked -> locked, locked -> {});
    }

    private AsyncLease face(HeldLease lease) {
        return new AsyncLease(lease, executor);
    }

    private <F> CompletableFuture<F> handOver(
            CompletableFuture<Optional<HeldLease>> lease, Function<Optional<HeldLease>, F> face) {
        return HandOver.to(executor, lease, face, unwanted -> unwanted.ifPresent(HeldLease::close));
    }
}
