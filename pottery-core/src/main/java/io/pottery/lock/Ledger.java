package io.pottery.lock;

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

    /** Observes waiting for {@code lock} until {@code result} is there. */
    void waiting(RedlockProtocol lock, CompletableFuture<Optional<HeldLease>> result) {
        Observed<LockObservationContext> observed = observed(LockObservationContext.ACQUIRE, lock);
        if (observed.isObserved()) {
            result.whenComplete((lease, failure) -> observed.stop(about -> about.outcome(outcome(lease, failure))));
        }
    }

    private static String outcome(@Nullable Optional<HeldLease> lease, @Nullable Throwable failure) {
        if (failure != null) {
            return failure instanceof CancellationException ? "cancelled" : "failed";
        }
        return lease != null && lease.isPresent() ? "acquired" : "taken";
    }

    /** Takes down that {@code lease} is held, and observes it until it {@linkplain #ended ends}. */
    Observed<LockObservationContext> begun(HeldLease lease, RedlockProtocol lock, String token) {
        for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            held.remove(((Entry) gone).token);
        }
        held.put(token, new Entry(lease, token, dropped));
        return observed(LockObservationContext.HOLD, lock);
    }

    /** Takes down that the lease of {@code token} is over. */
    void ended(String token, Observed<LockObservationContext> observed, boolean released) {
        held.remove(token);
        observed.stop(about -> about.outcome(released ? "released" : "lost"));
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

    private Observed<LockObservationContext> observed(String name, RedlockProtocol lock) {
        return Observed.started(
                registry,
                name,
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
