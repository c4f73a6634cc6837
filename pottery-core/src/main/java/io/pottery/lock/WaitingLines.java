package io.pottery.lock;

import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.Completion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The lines of those who wait in this process, one for each lock that somebody waits for. */
final class WaitingLines {

    private final Surroundings world;
    private final Ledger ledger;
    private final ConcurrentMap<String, WaitingLine> lines = new ConcurrentHashMap<>();

    WaitingLines(Surroundings world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Tries once, now, past all who wait. */
    CompletableFuture<Optional<HeldLease>> tryOnce(RedlockProtocol lock) {
        Waiter waiter = new Waiter(lock).observedBy(ledger);
        waiter.attempt(false).whenComplete((attempt, failure) -> {
            if (!settle(waiter, attempt, failure)) {
                waiter.result.complete(Optional.empty());
            }
        });
        return waiter.result;
    }

    /**
     * Waits for a lease, for {@code timeout} at most; null waits for ever. Cancelling the future leaves the line, and
     * gives back what was on its way.
     */
    CompletableFuture<Optional<HeldLease>> await(RedlockProtocol lock, @Nullable Duration timeout) {
        Waiter waiter = new Waiter(lock).observedBy(ledger);
        if (timeout != null) {
            waiter.giveUpAfter(timeout);
        }
        if (lines.containsKey(lock.name())) {
            enter(waiter);
        } else {
            waiter.attempt(false).whenComplete((attempt, failure) -> {
                if (!settle(waiter, attempt, failure)) {
                    waiter.stopIfLate();
                    if (!waiter.result.isDone()) {
                        enter(waiter);
                    }
                }
            });
        }
        return waiter.result;
    }

    /** Waits for a lease for {@code timeout} at most; zero tries once. */
    CompletableFuture<Optional<HeldLease>> tryFor(RedlockProtocol lock, Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must not be negative, was %s: use acquire() to wait for ever".formatted(timeout));
        }
        return timeout.isZero() ? tryOnce(lock) : await(lock, timeout);
    }

    /** Tells whoever waits in this process that the release of its lease is on its way. */
    void sent(String name) {
        WaitingLine line = lines.get(name);
        if (line != null) {
            line.sent();
        }
    }

    /** Tells whoever waits in this process that the lock is free; {@code others} may wait in other processes. */
    void freed(String name, boolean others) {
        WaitingLine line = lines.get(name);
        if (line != null) {
            line.freed(others);
        }
    }

    /** Whether the try brought a result. */
    static boolean settle(Waiter waiter, @Nullable Attempt attempt, @Nullable Throwable failure) {
        if (attempt instanceof Attempt.Won won) {
            waiter.hand(won.lease());
            return true;
        }
        return failure != null && waiter.result.completeExceptionally(Completion.causeOf(failure));
    }

    private void enter(Waiter waiter) {
        String name = waiter.lock.name();
        WaitingLine line;
        do {
            line = lines.computeIfAbsent(name, key -> new WaitingLine(key, world, this));
        } while (!line.add(waiter));
        WaitingLine entered = line;
        waiter.result.whenComplete((lease, failure) -> entered.remove(waiter));
        entered.joined();
    }

    void remove(String name, WaitingLine line) {
        lines.remove(name, line);
    }
}
