package io.pottery.lock;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.pottery.internal.redis.Observed;
import io.pottery.observation.LockObservationContext;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which locks this process waits for and holds, for those who look at it from outside. */
final class Ledger {

    private final ObservationRegistry registry;
    private final Map<String, WeakReference<HeldLease>> held = new ConcurrentHashMap<>();
    private final ReferenceQueue<HeldLease> dropped = new ReferenceQueue<>();

    /** Has waiting and holding observed by {@code registry}. */
    Ledger(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** Observes waiting for {@code lock} until {@code result} is there; returns what is observed as a whole. */
    @Nullable
    Observation waiting(RedlockProtocol lock, CompletableFuture<Optional<HeldLease>> result) {
        Observation caller = registry.getCurrentObservation();
        Observed<LockObservationContext> observed = observed(LockObservationContext.ACQUIRE, lock, caller);
        if (observed.isObserved()) {
            result.whenComplete((lease, failure) -> observed.stop(
                    failure instanceof CancellationException ? null : failure,
                    about -> about.outcome(outcome(lease, failure))));
        }
        return caller;
    }

    private static String outcome(@Nullable Optional<HeldLease> lease, @Nullable Throwable failure) {
        if (failure != null) {
            return failure instanceof CancellationException ? "cancelled" : "failed";
        }
        return lease != null && lease.isPresent() ? "acquired" : "taken";
    }

    /** Takes down that {@code lease} is held. */
    void holds(HeldLease lease, String token) {
        for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            held.remove(((Entry) gone).token);
        }
        held.put(token, new Entry(lease, token, dropped));
    }

    /**
     * Observes that a lease of {@code lock} is held, as a part of {@code caller}, until it {@linkplain #ended ends}.
     */
    Observed<LockObservationContext> holding(RedlockProtocol lock, @Nullable Observation caller) {
        return observed(LockObservationContext.HOLD, lock, caller);
    }

    /** Takes down that the lease of {@code token} is over. */
    void ended(String token, @Nullable Observed<LockObservationContext> observed, boolean released) {
        held.remove(token);
        if (observed != null) {
            observed.stop(null, about -> about.outcome(released ? "released" : "lost"));
        }
    }

    /** What is held now. */
    List<LeaseInfo> leases() {
        return held.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .filter(HeldLease::isValid)
                .map(HeldLease::info)
                .toList();
    }

    private Observed<LockObservationContext> observed(String name, RedlockProtocol lock, @Nullable Observation parent) {
        return Observed.started(
                registry,
                name,
                parent,
                () -> new LockObservationContext(lock.name(), lock.options().label()));
    }

    /** A lease that may have been dropped without being released. */
    private static final class Entry extends WeakReference<HeldLease> {

        private final String token;

        Entry(HeldLease lease, String token, ReferenceQueue<HeldLease> dropped) {
            super(lease, dropped);
            this.token = token;
        }
    }
}
