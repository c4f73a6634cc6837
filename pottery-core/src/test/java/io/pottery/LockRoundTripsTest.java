package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.lock.FencedValue;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The round trips of locks on one Redis that docs/guarantees.md promises; over several masters each has as many. */
class LockRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    @BeforeAll
    static void connect() throws Exception {
        Redlock lock = redis.pottery().redlock(TestRedis.freshKey());
        try (Lease lease = lock.acquire()) {
            assertThat(lock.tryAcquire(Duration.ofMillis(20))).isEmpty(); // which listens
        }
    }

    private final Redlock lock = redis.pottery().redlock(TestRedis.freshKey());

    @Test
    void takingAndReleasing() throws Exception {
        lock.acquire().close(); // connects, and makes the fence
        Traffic traffic = redis.count(() -> {
            try (Lease lease = lock.acquire()) {
                assertThat(lease.isValid()).isTrue();
                assertThat(lease.remaining()).isPositive();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(traffic).isEqualTo(new Traffic(2, 2 + 6));
    }

    @Test
    void theFirstLeaseOfALockReadsTheTime() throws Exception {
        redis.pottery().redlock(TestRedis.freshKey()).acquire().close();
        Traffic traffic = redis.count(() -> run(() -> lock.acquire().close()));
        assertThat(traffic).isEqualTo(new Traffic(2, 2 + 7));
    }

    @Test
    void handingOverToOneWhoWaits() throws Exception {
        lock.acquire().close();
        Lease held = lock.acquire();
        CompletableFuture<Void> waiter = lock.async().acquire().thenCompose(lease -> lease.close());
        TestRedis.awaitListeners(redis.server(), lock.key(), 1);
        Traffic traffic = redis.count(() -> run(() -> {
            held.close();
            waiter.get(5, TimeUnit.SECONDS);
        }));
        // release with its publish, then one try and its release
        assertThat(traffic.messages()).isEqualTo(4);
        assertThat(traffic.commands()).isLessThanOrEqualTo(3 + 10 + 1);
    }

    @Test
    void askingExtendingAndFailing() throws Exception {
        lock.isLocked();
        assertThat(redis.count(lock::isLocked)).isEqualTo(new Traffic(1, 2));
        try (Lease lease = lock.acquire()) {
            lease.extend();
            assertThat(redis.count(lease::extend)).isEqualTo(new Traffic(1, 3));
            assertThat(redis.count(() -> run(lock::tryAcquire)).messages()).isOne(); // nothing was taken
        }
    }

    @Test
    void writingAFencedValue() {
        FencedValue<Integer> value = redis.pottery().fencedValue(TestRedis.freshKey(), Integer.class);
        value.set(1, 1);
        assertThat(redis.count(() -> value.set(2, 2))).isEqualTo(new Traffic(1, 3));
        assertThat(redis.count(value::get)).isEqualTo(new Traffic(1, 1));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
