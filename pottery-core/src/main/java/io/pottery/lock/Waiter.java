package io.pottery.lock;

import io.micrometer.observation.Observation;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who wants a lease, until the result is there or nobody wants it any more. */
final class Waiter {

    final RedlockProtocol lock;
    final CompletableFuture<Optional<HeldLease>> result = new CompletableFuture<>();
    private @Nullable Observation caller;
    private volatile boolean trying;
    private volatile boolean late;
    private int splits;

    Waiter(RedlockProtocol lock) {
        this.lock = lock;
    }

    /** Has {@code ledger} observe the wait. */
    Waiter observedBy(Ledger ledger) {
        caller = ledger.waiting(lock, result);
        return this;
    }

    /** Gives up after {@code timeout}, or when the try that is under way by then is over. */
    void giveUpAfter(Duration timeout) {
        Timer timer = lock.world().timer();
        Timer.Task impatience = timer.after(timeout, () -> {
            late = true;
            if (!trying) {
                result.complete(Optional.empty());
            } else {
                timer.after(lock.patience(), () -> result.complete(Optional.empty()));
            }
        });
        result.whenComplete((lease, failure) -> impatience.cancel());
    }

    /** Tries once; {@code waits} has the holder tell of its release. */
    CompletableFuture<Attempt> attempt(boolean waits) {
        trying = true;
        return lock.attempt(waits).whenComplete((attempt, failure) -> trying = false);
    }

    /** Hands {@code lease} over; if nobody wants it any more, it is given back. */
    void hand(HeldLease lease) {
        splits = 0;
        lease.observedFor(caller);
        if (!result.complete(Optional.of(lease))) {
            lease.close();
        }
    }

    /** Ends the wait after a try that was under way when the time was over. */
    void stopIfLate() {
        if (late) {
            result.complete(Optional.empty());
        }
    }

    /** A pause after tries that got in each other's way: at random, from a range that grows. */
    Duration pause() {
        Duration range = Duration.ofMillis(4).multipliedBy(1L << Math.min(splits++, 10));
        Duration longest = lock.options().retryDelay();
        return random(range.compareTo(longest) < 0 ? range : longest);
    }

    Duration random(Duration range) {
        return Duration.ofNanos(lock.world().random().nextLong(range.toNanos() + 1));
    }
}
