package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.Deployment;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a lock does on real servers, one or five of them. */
class RedlockTest {

    @RegisterExtension
    private static final Servers SERVERS = new Servers();

    private static final RedlockOptions PATIENT = RedlockOptions.defaults().withMasterTimeout(Duration.ofSeconds(5));

    private final String name = TestRedis.freshKey();

    static Stream<Deployment> deployments() {
        return SERVERS.both();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void oneHoldsItAtATime(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        assertThat(lock.isLocked()).isFalse();
        try (Lease lease = lock.acquire()) {
            assertThat(lease.isValid()).isTrue();
            assertThat(lease.remaining()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(lock.tryAcquire(Duration.ZERO)).isEmpty();
            assertThat(lock.tryAcquire(Duration.ofMillis(50))).isEmpty();
        }
        assertThat(lock.isLocked()).isFalse();
        lock.tryAcquire(Duration.ZERO).orElseThrow().close();
        lock.tryAcquire().orElseThrow().close();
        lock.tryAcquire(Duration.ofDays(100_000)).orElseThrow().close();
        assertThat(on.isClean(lock)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whoeverWaitsInAProcessGetsItInTurn(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        Lease first = lock.acquire();
        for (int i = 0; i < 5; i++) {
            int waiter = i;
            waiters.add(lock.async().acquire().thenCompose(lease -> {
                order.add(waiter);
                return lease.close();
            }));
            on.awaitWaiter(lock);
        }
        assertThat(waiters).noneMatch(CompletableFuture::isDone);
        first.close();
        CompletableFuture.allOf(waiters.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        on.awaitNoWaiter(lock);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void manyThreadsTakeTurns(Deployment on) {
        Redlock lock = on.redlock(name);
        AtomicInteger inside = new AtomicInteger();
        List<Long> tokens = new ArrayList<>(); // guarded by the lock
        Threads.run(8, thread -> {
            for (int i = 0; i < 50; i++) {
                try (Lease lease = lock.acquire()) {
                    assertThat(inside.incrementAndGet()).isOne();
                    tokens.add(lease.fencingToken());
                    inside.decrementAndGet();
                }
            }
        });
        assertThat(tokens).hasSize(400).isSorted().doesNotHaveDuplicates();
        assertThat(tokens.get(399)).isLessThan(1L << 53);
        assertThat(on.isClean(lock)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theTokenGoesOnAcrossLeasesThatEndedByThemselves(Deployment on) throws Exception {
        Redlock lock = on.pottery()
                .redlock(
                        name,
                        RedlockOptions.defaults()
                                .withAutoReleaseTime(Duration.ofMillis(50))
                                .withMasterTimeout(Duration.ofSeconds(2)));
        long before = lock.acquire().fencingToken();
        Lease next = lock.acquire();
        assertThat(next.fencingToken()).isGreaterThan(before);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aDeadHolderDelaysOthersForItsLeaseOnly(Deployment on) throws Exception {
        RedlockOptions brief = RedlockOptions.defaults()
                .withAutoReleaseTime(Duration.ofMillis(300))
                .withMasterTimeout(Duration.ofSeconds(2));
        Redlock lock = on.pottery().redlock(name, brief);
        Lease abandoned = lock.acquire();
        Lease next = lock.tryAcquire(Duration.ofSeconds(5)).orElseThrow();
        assertThat(abandoned.isValid()).isFalse();
        assertThat(next.isValid()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aTimeoutIsKept(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        try (Lease held = lock.acquire()) {
            ContextTimer timer = ContextTimer.started();
            assertThat(lock.tryAcquire(Duration.ofMillis(300))).isEmpty();
            assertThat(timer.elapsed()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1_300));
        }
        on.awaitNoWaiter(lock);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aHolderThatDoesNotTellOfItsReleaseIsFoundGone(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        String python = UUID.randomUUID().toString();
        on.execute("SET", lock.key(), python, "NX", "PX", "60000");
        CompletableFuture<AsyncLease> waiter = lock.async().acquire();
        on.awaitWaiter(lock);
        assertThat(waiter).isNotDone();
        on.execute("DEL", lock.key());
        waiter.get(5, TimeUnit.SECONDS).close();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aHolderThatDoesNotTellOfItsReleaseIsAskedAfterAtTheRetryDelay(Deployment on) {
        Redlock lock = on.pottery().redlock(name, PATIENT.withRetryDelay(Duration.ofMillis(20)));
        on.execute("SET", lock.key(), UUID.randomUUID().toString(), "NX", "PX", "60000");
        long before = failedTries(on);
        CompletableFuture<AsyncLease> waiter = lock.async().acquire();
        await().atMost(Duration.ofSeconds(5)).until(() -> failedTries(on) >= before + 20);
        waiter.cancel(false);
        on.awaitNoWaiter(lock);
    }

    /** How many tries the first server has turned away so far: each asks what the holder has left. */
    private static long failedTries(Deployment on) {
        Object stats = on.servers().get(0).execute("INFO", "commandstats");
        Matcher calls = Pattern.compile("cmdstat_pttl:calls=(\\d+)").matcher(String.valueOf(stats));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aReleaseWakesWhoeverWaitsInAnotherProcess(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        Redlock elsewhere = SERVERS.elsewhere(on).redlock(name, PATIENT);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Lease held = lock.acquire();
            CompletableFuture<AsyncLease> waiter = elsewhere.async().acquire();
            await().until(() -> isMarked(on, lock));
            ContextTimer timer = ContextTimer.started();
            held.close();
            AsyncLease lease = waiter.get(5, TimeUnit.SECONDS);
            waits.add(timer.elapsed());
            lease.close().get(5, TimeUnit.SECONDS);
        }
        assertThat(Collections.min(waits)).isLessThan(Duration.ofMillis(500)); // who is not told asks after a second
    }

    /** Whether a majority knows that somebody waits: those that have granted the lease. Others need not have. */
    private static boolean isMarked(Deployment on, Redlock lock) {
        List<?> marks = on.execute("EXISTS", "{" + lock.key() + "}:waiting");
        return Collections.frequency(marks, 1L) > marks.size() / 2;
    }

    @Test
    void aLockWithoutEndIsWaitedFor() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name);
        TestRedis.server().execute("SET", lock.key(), "somebody's");
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.tryAcquire(Duration.ofMillis(100))).isEmpty();
        CompletableFuture<AsyncLease> waiter = lock.async().acquire();
        TestRedis.server().execute("DEL", lock.key());
        waiter.get(5, TimeUnit.SECONDS).close();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void anInterruptedThreadSendsNothing(Deployment on) {
        Redlock lock = on.redlock(name);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(lock::acquire);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> lock.tryAcquire(Duration.ofSeconds(1)));
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void anInterruptEndsTheWait(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        Lease held = lock.acquire();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                lock.acquire();
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        waiter.start();
        on.awaitWaiter(lock);
        waiter.interrupt();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        on.awaitNoWaiter(lock);
        held.close();
        assertThat(on.execute("EXISTS", lock.key())).containsOnly(0L);
    }

    @Test
    void anInterruptedThreadReleases() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name);
        Lease lease = lock.acquire();
        Thread.currentThread().interrupt();
        lease.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void otherValuesAtTheKeyAreNamed(Deployment on) {
        Redlock lock = on.redlock(name);
        on.execute("RPUSH", lock.key(), "x");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                lock::acquire,
                lock::tryAcquire,
                lock::isLocked,
                () -> lock.asLock().lock())) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(call)
                    .withMessageContaining("Expected a lock at '%s', but it holds a list", lock.key());
        }
        assertThat(on.execute("LLEN", lock.key())).containsOnly(1L);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aFenceThatIsNoNumberIsNamed(Deployment on) {
        Redlock lock = on.redlock(name);
        on.execute("SET", "{" + lock.key() + "}:fence", "9007199254740993x");
        assertThatExceptionOfType(QuorumIsImpossibleException.class)
                .isThrownBy(lock::acquire)
                .withMessageContaining("the fence is not a number");
        assertThat(on.execute("EXISTS", lock.key())).containsOnly(0L);
    }

    @Test
    void aMinorityOfOtherValuesIsOutvoted() throws Exception {
        Redlock lock = SERVERS.deployment().redlock(name);
        SERVERS.deployment().servers().get(1).execute("RPUSH", lock.key(), "x");
        SERVERS.deployment().servers().get(3).execute("SET", "{" + lock.key() + "}:fence", "x");
        lock.acquire().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void badNamesAreRefused(String bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRedis.pottery().redlock(bad));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ünïcödé 🦊", "a{tag}b", "{}", "a}b", "a{b", "with space"})
    void namesAreTakenAsTheyAre(String odd) throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name + odd);
        try (Lease lease = lock.acquire()) {
            assertThat(TestRedis.server().execute("EXISTS", "redlock:" + name + odd))
                    .isEqualTo(1L);
        }
    }

    @Test
    void theFactorysPrefixComesBeforeTheName() throws Exception {
        PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                .keyPrefix("app:")
                .build();
        try (Lease lease = pottery.redlock(name).acquire()) {
            assertThat(TestRedis.server().execute("EXISTS", "redlock:app:" + name))
                    .isEqualTo(1L);
        }
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRedis.pottery().redlock(name).tryAcquire(Duration.ofMillis(-1)))
                .withMessageContaining("use acquire() to wait for ever");
    }

    @Test
    void aThreadThatMustNotBlockIsTold() {
        Redlock lock = TestRedis.pottery().redlock(name);
        Mono<Lease> blocking = Mono.fromCallable(lock::acquire).subscribeOn(Schedulers.parallel());
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> blocking.block(Duration.ofSeconds(5)))
                .withMessageContaining("use the reactive() or async() form");
        assertThat(lock.isLocked()).isFalse();
    }
}
