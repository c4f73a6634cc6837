package io.pottery.lock;

import io.pottery.error.ExtendUnlockedLockException;
import io.pottery.error.LeaseLostException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.ReleaseUnlockedLockException;
import io.pottery.error.TooManyExtensionsException;
import io.pottery.internal.redis.Completion;
import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody in a client who takes a lock in all ways there are, and holds it for a while; again and again while there
 * are faults, and once more afterwards.
 */
final class Worker {

    private static final Set<Class<?>> OF_TAKING = Set.of(QuorumIsImpossibleException.class);
    private static final Set<Class<?>> OF_LOOKING =
            Set.of(QuorumIsImpossibleException.class, QuorumNotAchievedException.class);
    private static final Set<Class<?>> OF_EXTENDING = Set.of(
            QuorumIsImpossibleException.class,
            QuorumNotAchievedException.class,
            ExtendUnlockedLockException.class,
            TooManyExtensionsException.class);
    private static final Set<Class<?>> OF_RELEASING =
            Set.of(QuorumNotAchievedException.class, ReleaseUnlockedLockException.class);
    private static final Set<Class<?>> OF_CLOSING = Set.of(LeaseLostException.class);

    private static final int AT_ONCE = 0;
    private static final List<Integer> LONGEST_HOLDS = List.of(AT_ONCE, 40, 40, 40, 700, 2_000);

    private final SimulatedClient client;
    private final World world;
    private final Witness witness;
    private final List<RedlockProtocol> locks;
    private long called;
    private boolean done;

    /** A worker for whom {@code locks} are the same lock with several options. */
    Worker(SimulatedClient client, World world, Witness witness, List<RedlockProtocol> locks) {
        this.client = client;
        this.world = world;
        this.witness = witness;
        this.locks = locks;
    }

    /** Whether it has held the lock once more after the faults. */
    boolean isDone() {
        return done;
    }

    void begin() {
        within(300, this::next);
    }

    private void next() {
        if (world.isCalm()) {
            finish();
            return;
        }
        RedlockProtocol lock = locks.get(random(locks.size()));
        WaitingLines lines = lock.lines();
        switch (random(10)) {
            case 0 -> look(lock);
            case 1 -> take(lines.tryOnce(lock));
            case 2, 3, 4 -> take(lines.tryFor(lock, Duration.ofMillis(random(600))));
            case 5 -> cancelled(take(lines.await(lock, null)));
            default -> take(lines.await(lock, null));
        }
    }

    private void look(RedlockProtocol lock) {
        long called = now();
        lock.isLocked().whenComplete((locked, failure) -> {
            expect(OF_LOOKING, failure);
            if (failure == null && !locked) {
                witness.foundFree(called);
            }
            within(100, this::next);
        });
    }

    private CompletableFuture<Optional<HeldLease>> take(CompletableFuture<Optional<HeldLease>> result) {
        called = now();
        result.whenComplete((lease, failure) -> {
            if (!result.isCancelled()) {
                expect(OF_TAKING, failure);
            }
            if (failure == null && lease.isPresent()) {
                hold(received(lease.get()), lease.get());
            } else {
                within(300, this::next);
            }
        });
        return result;
    }

    private void cancelled(CompletableFuture<Optional<HeldLease>> result) {
        within(800, () -> result.cancel(true));
    }

    private Tenure received(HeldLease lease) {
        Tenure tenure = witness.received(client, lease, called);
        lease.onLost(() -> witness.noticed(tenure), lease.executor());
        return tenure;
    }

    private void hold(Tenure tenure, HeldLease lease) {
        int longest = world.isCalm() ? AT_ONCE : LONGEST_HOLDS.get(random(LONGEST_HOLDS.size()));
        if (longest == AT_ONCE) {
            end(tenure, lease);
            return;
        }
        extend(lease, random(4));
        within(longest, () -> end(tenure, lease));
    }

    private void extend(HeldLease lease, int times) {
        if (times > 0) {
            within(500, () -> {
                lease.extend().whenComplete((extended, failure) -> expect(OF_EXTENDING, failure));
                extend(lease, times - 1);
            });
        }
    }

    private void end(Tenure tenure, HeldLease lease) {
        tenure.release(now());
        if (random(2) == 0) {
            lease.release().whenComplete((released, failure) -> expect(OF_RELEASING, failure));
        } else {
            lease.close().whenComplete((closed, failure) -> expect(OF_CLOSING, failure));
        }
        within(100, this::next);
    }

    /** Waits until it gets the lock, which others hold for a short while only. */
    private void finish() {
        RedlockProtocol lock = locks.get(0);
        called = now();
        lock.lines().await(lock, null).whenComplete((lease, failure) -> {
            expect(OF_TAKING, failure);
            if (failure != null) {
                within(20, this::finish);
                return;
            }
            HeldLease held = lease.orElseThrow();
            Tenure tenure = received(held);
            within(20, () -> {
                tenure.release(now());
                held.close();
                done = true;
            });
        });
    }

    private void expect(Set<Class<?>> documented, Throwable failure) {
        if (failure != null && !documented.contains(Completion.causeOf(failure).getClass())) {
            witness.breaks(Promise.FAILURES, failure);
        }
    }

    @Override
    public String toString() {
        return "worker of client %d, who has called at %d".formatted(client.number(), called);
    }

    private long now() {
        return world.time().now();
    }

    private int random(int bound) {
        return world.random().nextInt(bound);
    }

    private void within(int millis, Runnable work) {
        client.at(now() + random(millis * 1000), work);
    }
}
