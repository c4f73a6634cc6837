package io.pottery.lock;

import io.pottery.internal.quorum.HandOver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A {@link Redlock} for callers who do not wait. Futures complete on the factory's executor; cancelling one leaves the
 * line, and gives back what was on its way.
 */
public final class AsyncRedlock {

    private final RedlockProtocol protocol;

    AsyncRedlock(RedlockProtocol protocol) {
        this.protocol = protocol;
    }

    /** As {@link Redlock#acquire()}. */
    public CompletableFuture<AsyncLease> acquire() {
        return handOver(protocol.lines().await(protocol, null), lease -> new AsyncLease(lease.orElseThrow()));
    }

    /** As {@link Redlock#tryAcquire()}. */
    public CompletableFuture<Optional<AsyncLease>> tryAcquire() {
        return handOver(protocol.lines().tryOnce(protocol), lease -> lease.map(AsyncLease::new));
    }

    /** As {@link Redlock#tryAcquire(Duration)}. */
    public CompletableFuture<Optional<AsyncLease>> tryAcquire(Duration timeout) {
        return handOver(protocol.lines().tryFor(protocol, timeout), lease -> lease.map(AsyncLease::new));
    }

    /** As {@link Redlock#isLocked()}. */
    public CompletableFuture<Boolean> isLocked() {
        return HandOver.to(protocol.world().executor(), protocol.isLocked(), locked -> locked, locked -> {});
    }

    private <F> CompletableFuture<F> handOver(
            CompletableFuture<Optional<HeldLease>> lease, Function<Optional<HeldLease>, F> face) {
        return HandOver.to(protocol.world().executor(), lease, face, unwanted -> unwanted.ifPresent(HeldLease::close));
    }
}
