package io.pottery.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.ExtendUnlockedLockException;
import io.pottery.error.LeaseLostException;
import io.pottery.error.ReleaseUnlockedLockException;
import io.pottery.error.TooManyExtensionsException;
import io.pottery.testing.Deployment;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.time.ContextTimer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one holds: valid until its deadline, and never silently lost. */
class LeaseTest {

    @RegisterExtension
    private static final Servers SERVERS = new Servers();

    private static final RedlockOptions BRIEF =
            RedlockOptions.defaults().withAutoReleaseTime(ofMillis(300)).withMasterTimeout(ofSeconds(1));

    private static final RedlockOptions RENEWED = BRIEF.withRenewal();

    private final String name = TestRedis.freshKey();

    static Stream<Deployment> deployments() {
        return SERVERS.both();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void endsByItselfAndSaysSo(Deployment on) throws Exception {
        Redlock lock = on.pottery().redlock(name, BRIEF);
        Lease lease = lock.acquire();
        assertThat(lease.isValid()).isTrue();
        assertThat(lease.remaining()).isPositive().isLessThan(ofMillis(300));
        await().until(() -> !lease.isValid());
        assertThat(lease.remaining()).isZero();
        assertThatExceptionOfType(ExtendUnlockedLockException.class)
                .isThrownBy(lease::extend)
                .withMessageContaining("neither released nor extended in time");
        assertThatExceptionOfType(ReleaseUnlockedLockException.class).isThrownBy(lease::release);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(lease::close)
                .withMessageContaining("others may have held the lock meanwhile");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void isReleasedOnceAndThenOver(Deployment on) throws Exception {
        Lease lease = on.redlock(name).acquire();
        lease.release();
        assertThat(lease.isValid()).isFalse();
        assertThat(lease.remaining()).isZero();
        lease.close();
        lease.close();
        assertThatExceptionOfType(ReleaseUnlockedLockException.class)
                .isThrownBy(lease::release)
                .withMessageContaining("it was released");
        assertThatExceptionOfType(ExtendUnlockedLockException.class).isThrownBy(lease::extend);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void isExtendedAsOftenAsTheOptionsAllow(Deployment on) throws Exception {
        RedlockOptions options =
                RedlockOptions.defaults().withAutoReleaseTime(ofSeconds(30)).withNumExtensions(2);
        try (Lease lease = on.pottery().redlock(name, options).acquire()) {
            on.execute("PEXPIRE", "redlock:" + name, "20000");
            lease.extend();
            assertThat(on.execute("PTTL", "redlock:" + name)).allMatch(left -> (Long) left > 25_000);
            assertThat(lease.remaining()).isGreaterThan(ofSeconds(25));
            lease.extend();
            assertThatExceptionOfType(TooManyExtensionsException.class)
                    .isThrownBy(lease::extend)
                    .withMessageContaining("more than 2 times: raise numExtensions, or have it renewed");
            assertThat(lease.isValid()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void extendsNothingThatTheMastersHaveForgotten(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        CompletableFuture<String> lost = new CompletableFuture<>();
        Lease lease = lock.acquire();
        lease.onLost(() -> lost.complete("lost"));
        on.execute("SET", lock.key(), "another's", "PX", "60000");
        assertThatExceptionOfType(ExtendUnlockedLockException.class)
                .isThrownBy(lease::extend)
                .withMessageContaining("unknown to a majority of the masters");
        assertThat(lease.isValid()).isFalse();
        assertThat(lost.get(5, TimeUnit.SECONDS)).isEqualTo("lost");
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::close);
        assertThat(on.execute("GET", lock.key())).containsOnly("another's");
        assertThat(on.execute("PTTL", lock.key())).allMatch(left -> (Long) left > 50_000);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void releasesNothingOfAnother(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        Lease released = lock.acquire();
        Lease closed = on.redlock(name + 2).acquire();
        on.execute("SET", lock.key(), "another's");
        on.execute("SET", lock.key() + 2, "another's");
        assertThatExceptionOfType(ReleaseUnlockedLockException.class).isThrownBy(released::release);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(closed::close);
        assertThat(on.execute("GET", lock.key())).containsOnly("another's");
        assertThat(on.execute("GET", lock.key() + 2)).containsOnly("another's");
    }

    @Test
    void theExceptionOfTheBodyStaysFirst() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name, BRIEF);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> {
                    try (Lease lease = lock.acquire()) {
                        await().until(() -> !lease.isValid());
                        throw new ArithmeticException("the body's");
                    }
                })
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LeaseLostException.class));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void tellsWhenItsTimeIsOver(Deployment on) throws Exception {
        CompletableFuture<Boolean> validWhenTold = new CompletableFuture<>();
        Lease lease = on.pottery().redlock(name, BRIEF).acquire();
        lease.onLost(() -> validWhenTold.complete(lease.isValid()));
        assertThat(validWhenTold.get(5, TimeUnit.SECONDS)).isFalse();
        CompletableFuture<String> late = new CompletableFuture<>();
        lease.onLost(() -> late.complete("at once"));
        assertThat(late.get(5, TimeUnit.SECONDS)).isEqualTo("at once");
    }

    @Test
    void tellsNothingWhenItWasReleased() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Redlock lock = TestRedis.pottery().redlock(name, BRIEF);
        Lease released = lock.acquire();
        released.onLost(told::incrementAndGet);
        released.close();
        released.onLost(told::incrementAndGet);
        CompletableFuture<String> next = new CompletableFuture<>();
        lock.acquire().onLost(() -> next.complete("of a later lease"));
        assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo("of a later lease");
        assertThat(told).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void isRenewedWhileItIsHeld(Deployment on) throws Exception {
        Redlock lock = on.pottery().redlock(name, RENEWED);
        AtomicInteger told = new AtomicInteger();
        try (Lease lease = lock.acquire()) {
            lease.onLost(told::incrementAndGet);
            assertThat(lock.tryAcquire(ofSeconds(2))).isEmpty(); // six times as long as the lease
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(told).hasValue(0);
        assertThat(on.execute("EXISTS", lock.key())).containsOnly(0L);
        lock.tryAcquire().orElseThrow().close();
    }

    @Test
    void isHeldNoLongerThanItsMaximum() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name, RENEWED.withMaximumHold(ofMillis(900)));
        ContextTimer timer = ContextTimer.started();
        CompletableFuture<String> lost = new CompletableFuture<>();
        Lease lease = lock.acquire();
        lease.onLost(() -> lost.complete("lost"));
        assertThat(lost.get(5, TimeUnit.SECONDS)).isEqualTo("lost");
        assertThat(timer.elapsed()).isBetween(ofMillis(600), ofSeconds(3));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::close);
    }

    @Test
    void cannotBeExtendedPastItsMaximum() throws Exception {
        RedlockOptions options = RedlockOptions.defaults().withMaximumHold(ofSeconds(10));
        try (Lease lease = TestRedis.pottery().redlock(name, options).acquire()) {
            assertThatExceptionOfType(TooManyExtensionsException.class)
                    .isThrownBy(lease::extend)
                    .withMessageContaining("longer than its maximum of PT10S");
        }
    }

    @Test
    void isNotRenewedWhenNobodyHasItAnyMore() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name, RENEWED);
        WeakReference<Lease> dropped = new WeakReference<>(lock.acquire());
        await().until(() -> {
            System.gc();
            return dropped.get() == null && !lock.isLocked();
        });
    }

    @Test
    void tellsOnTheExecutorThatItIsGiven() throws Exception {
        PotteryFactory busy = PotteryFactory.builder(TestRedis.connections())
                .executor(task -> {})
                .build();
        Lease lease = busy.redlock(name, RedlockOptions.defaults().withAutoReleaseTime(ofMillis(100)))
                .acquire();
        CompletableFuture<String> lost = new CompletableFuture<>();
        lease.onLost(() -> lost.complete("of the factory's"));
        lease.onLost(
                () -> {
                    throw new IllegalStateException("a listener of its own");
                },
                Runnable::run);
        lease.onLost(() -> lost.complete("at once"), Runnable::run);
        assertThat(lost).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("at once");
    }

    @Test
    void isTheSameForThoseWhoWaitAndThoseWhoDoNot() throws Exception {
        Lease lease = TestRedis.pottery().redlock(name).acquire();
        AsyncLease async = lease.async();
        assertThat(async.fencingToken()).isEqualTo(lease.fencingToken());
        assertThat(async.blocking().isValid()).isTrue();
        async.blocking().release();
        assertThat(async.isValid()).isFalse();
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void mayBeReleasedByAnotherThread() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name);
        Lease lease = lock.acquire();
        CompletableFuture.runAsync(lease::close).get(5, TimeUnit.SECONDS);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (Lease lease = TestRedis.pottery().redlock(name).acquire()) {
            assertThat(lease).hasToString("Lease %d on 'redlock:%s'".formatted(lease.fencingToken(), name));
        }
    }
}
