package io.pottery.lock;

import io.pottery.internal.quorum.WhileHeld;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A {@link Redlock} for reactive callers. Nothing is sent before a subscription; cancelling one leaves the line, and
 * gives back what was on its way or is held.
 */
public final class ReactiveRedlock {

    private final AsyncRedlock lock;

    ReactiveRedlock(AsyncRedlock lock) {
        this.lock = lock;
    }

    /** The same lock, whose Monos, and the futures of its leases, go on on {@code executor}. */
    public ReactiveRedlock on(Executor executor) {
        return new ReactiveRedlock(lock.on(executor));
    }

    /** As {@link Redlock#acquire()}. */
    public Mono<AsyncLease> acquire() {
        return kept(Mono.fromFuture(lock::acquire));
    }

    /** As {@link Redlock#tryAcquire()}; completes empty if another one holds the lock. */
    public Mono<AsyncLease> tryAcquire() {
        return present(lock::tryAcquire);
    }

    /** As {@link Redlock#tryAcquire(Duration)}; completes empty if the time was over before. */
    public Mono<AsyncLease> tryAcquire(Duration timeout) {
        return present(() -> lock.tryAcquire(timeout));
    }

    /** As {@link Redlock#isLocked()}. */
    public Mono<Boolean> isLocked() {
        return Mono.fromFuture(lock::isLocked);
    }

    /**
     * Waits until the lock is taken, and runs {@code work} while it is held. It fails with
     * {@link io.pottery.error.LeaseLostException} if the lease ended before the work did.
     */
    public <T> Mono<T> run(Supplier<? extends Mono<T>> work) {
        return holding(acquire(), work);
    }

    /** Runs {@code work} while the lock is held; completes empty, without running it, if another one holds the lock. */
    public <T> Mono<T> tryRun(Supplier<? extends Mono<T>> work) {
        return holding(tryAcquire(), work);
    }

    /** Waits for the lock for {@code timeout} at most, and runs {@code work} while it is held; else completes empty. */
    public <T> Mono<T> tryRun(Duration timeout, Supplier<? extends Mono<T>> work) {
        return holding(tryAcquire(timeout), work);
    }

    private static <T> Mono<T> holding(Mono<AsyncLease> lease, Supplier<? extends Mono<T>> work) {
        return WhileHeld.<AsyncLease, T>run(lease, held -> work.get(), ReactiveRedlock::close, ReactiveRedlock::close)
                .singleOrEmpty();
    }

    private static Mono<AsyncLease> present(Supplier<CompletableFuture<Optional<AsyncLease>>> lease) {
        return kept(Mono.fromFuture(lease).flatMap(Mono::justOrEmpty));
    }

    /** Gives back a lease that comes when the subscriber has gone. */
    private static Mono<AsyncLease> kept(Mono<AsyncLease> lease) {
        return lease.doOnDiscard(AsyncLease.class, AsyncLease::close)
                .doOnDiscard(Optional.class, ReactiveRedlock::discard);
    }

    private static Mono<Void> close(AsyncLease lease) {
        return Mono.fromFuture(lease::close);
    }

    private static void discard(Optional<?> lease) {
        if (lease.orElse(null) instanceof AsyncLease held) {
            held.close();
        }
    }
}
