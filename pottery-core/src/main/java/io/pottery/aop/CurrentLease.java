package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.Synchronized;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The lease under which a {@link Synchronized} method runs, so that it can pass the fencing token on.
 *
 * <pre>{@code
 * @Synchronized(key = "stock")
 * public void sell() {
 *     stock.set(CurrentLease.get().fencingToken(), stock.get().orElse(10) - 1);
 * }
 * }</pre>
 */
public final class CurrentLease {

    private static final ThreadLocal<@Nullable Held> INNERMOST = new ThreadLocal<>();

    private CurrentLease() {}

    /**
     * The lease of the innermost method that this thread is in. A method that returns a stage or a publisher is left
     * when it returns that: what runs later asks here while the method runs, or {@link #reactive()}.
     *
     * @throws IllegalStateException if the thread is in no such method, because it was called from another method of
     *     its own object, say
     */
    public static Lease get() {
        Held held = INNERMOST.get();
        if (held == null) {
            throw new IllegalStateException(
                    "Thread '%s' is in no @Synchronized method: one that is called by its own object, or that goes on elsewhere, has no lease here"
                            .formatted(Thread.currentThread().getName()));
        }
        return held.lease;
    }

    /**
     * The lease of the innermost method whose publisher this is a part of; fails with {@code IllegalStateException} if
     * there is none.
     */
    public static Mono<AsyncLease> reactive() {
        return Mono.deferContextual(context -> {
            Held held = in(context);
            return held == null
                    ? Mono.error(new IllegalStateException(
                            "This publisher is not part of one that a @Synchronized method has returned"))
                    : Mono.just(held.lease.async());
        });
    }

    /** What this thread holds; null if nothing. */
    static @Nullable Held ofThread() {
        return INNERMOST.get();
    }

    /** What a subscriber with {@code context} holds; null if nothing. */
    static @Nullable Held in(ContextView context) {
        Optional<Held> held = context.getOrEmpty(CurrentLease.class);
        return held.orElse(null);
    }

    /**
     * A lease that is held.
     *
     * @param outer what was held before
     */
    record Held(
            PotteryFactory pottery,
            String key,
            Lease lease,
            @Nullable Held outer) {

        /** The lease of {@code lock} among {@code held} and what is outside of it; null if there is none. */
        static @Nullable Held find(@Nullable Held held, PotteryFactory pottery, Redlock lock) {
            for (Held each = held; each != null; each = each.outer) {
                if (each.pottery == pottery && each.key.equals(lock.key())) {
                    return each;
                }
            }
            return null;
        }

        /** This and what is outside of it, inside of {@code other}. */
        Held inside(@Nullable Held other) {
            return new Held(pottery, key, lease, outer == null ? other : outer.inside(other));
        }

        /** This alone. */
        Held alone() {
            return new Held(pottery, key, lease, null);
        }

        /** Does {@code work} on this thread as its innermost method. */
        @Nullable
        Object during(Work work) throws Throwable {
            Held before = INNERMOST.get();
            INNERMOST.set(inside(before));
            try {
                return work.run();
            } finally {
                if (before == null) {
                    INNERMOST.remove();
                } else {
                    INNERMOST.set(before);
                }
            }
        }

        Context put(Context context) {
            return context.put(CurrentLease.class, this);
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Work {
        @Nullable
        Object run() throws Throwable;
    }
}
