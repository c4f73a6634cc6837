package io.pottery.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.LeaseLostException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.id.NextId;
import io.pottery.testing.FaultyServers;
import io.pottery.testing.Latencies;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Locks over five real masters whose servers and networks fail. The time of a call is bounded by that of one master,
 * here 250 ms; bounds are asserted with slack, because the machine may be busy.
 */
class RedlockFaultsTest {

    private static final Duration ONE_MASTER = ofMillis(250);
    private static final Duration SLACK = ofMillis(400);
    private static final Duration LEASE = ofSeconds(2);

    private static final RedlockOptions OPTIONS =
            RedlockOptions.defaults().withAutoReleaseTime(LEASE).withMasterTimeout(ONE_MASTER);

    private static FaultyServers five;

    private final Redlock lock = five.redlock(TestRedis.freshKey(), OPTIONS);

    @BeforeAll
    static void start() throws Exception {
        five = new FaultyServers();
        five.redlock(TestRedis.freshKey(), OPTIONS).acquire().close(); // connects
    }

    @AfterEach
    void heal() throws Exception {
        five.heal();
        Redlock probe = five.redlock(TestRedis.freshKey(), OPTIONS);
        await().ignoreExceptions().until(() -> {
            try (Lease lease = probe.acquire()) {
                return lease.isValid()
                        && !five.deployment.execute("EXISTS", probe.key()).contains(0L);
            }
        });
    }

    @AfterAll
    static void stop() {
        five.close();
    }

    // LK-03

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused", "replies lost"})
    void aMinorityThatFailsCostsNothing(String fault) throws Exception {
        Lease held = lock.acquire();
        five.fail(fault, 3, 5);
        held.extend();
        held.close();
        Latencies latencies = Latencies.of(500, () -> lock.acquire().close());
        assertThat(latencies.percentile(50)).isLessThan(ofMillis(10));
        assertThat(latencies.max()).isLessThan(ONE_MASTER.plus(SLACK));
    }

    @Test
    void aMinorityThatIsAwayFromTheStartCostsOneMoment() throws Exception {
        try (FaultyServers fresh = new FaultyServers()) {
            fresh.networks(0, 2).forEach(FaultProxy::blackHole);
            Redlock first = fresh.redlock(TestRedis.freshKey(), OPTIONS);
            Latencies latencies = Latencies.of(300, () -> first.acquire().close());
            assertThat(latencies.percentile(50)).isLessThan(ofMillis(10));
            assertThat(latencies.percentile(98)).isLessThan(ONE_MASTER);
        }
    }

    @Test
    void aMasterThatHasComeBackCountsWhileAnotherHangs() throws Exception {
        List<RedisServer> servers = RedisServer.start(3);
        try (RedisMasters masters =
                RedisMasters.of(servers.stream().map(Servers::uri).toArray(String[]::new))) {
            PotteryFactory pottery = Servers.factory(masters);
            Redlock first = pottery.redlock(TestRedis.freshKey(), OPTIONS);
            NextId ids = pottery.nextId(TestRedis.freshKey());
            first.acquire().close();
            long id = ids.nextLong();
            servers.get(1).kill();
            first.acquire().close(); // sees that it is gone
            servers.get(1).restart();
            servers.get(0).pause();
            first.acquire().close();
            assertThat(ids.nextLong()).isGreaterThan(id);
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    // LK-04

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped"})
    void aTryThatCannotWinReturnsAtOnce(String fault) throws Exception {
        try (Lease held = lock.acquire()) {
            five.fail(fault, 3, 5);
            Latencies once =
                    Latencies.of(200, () -> assertThat(lock.tryAcquire()).isEmpty());
            assertThat(once.percentile(50)).isLessThan(ofMillis(10));
            assertThat(once.max()).isLessThan(ONE_MASTER.plus(SLACK));
            Latencies timed = Latencies.of(
                    3, () -> assertThat(lock.tryAcquire(ofMillis(300))).isEmpty());
            assertThat(timed.max())
                    .isBetween(ofMillis(300), ofMillis(300).plus(ONE_MASTER).plus(SLACK));
        }
    }

    // LK-05

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused", "replies lost"})
    void aMajorityThatFailsIsToldInTheTimeOfOneMaster(String fault) throws Exception {
        five.fail(fault, 0, 3);
        Latencies failing = Latencies.of(3, () -> {
            assertThatExceptionOfType(QuorumIsImpossibleException.class)
                    .isThrownBy(lock::tryAcquire)
                    .withMessageContaining("3 of 5 masters failed, and 3 must answer")
                    .withMessageContaining(
                            "masters[0] (127.0.0.1:" + five.networks.get(0).port() + "): ")
                    .withMessageContaining("masters[2] (127.0.0.1:");
            assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(lock::acquire);
            assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(lock::isLocked);
        });
        assertThat(failing.max())
                .isLessThan(ONE_MASTER.multipliedBy(3).plus(ofSeconds(1)).plus(SLACK));
        five.heal();
        ContextTimer healing = ContextTimer.started();
        await().ignoreExceptions().until(() -> taken(lock));
        assertThat(healing.elapsed()).isLessThan(ofSeconds(1).plus(SLACK));
        five.awaitClean(lock, LEASE.plus(SLACK));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionsThatSwallowWhatIsSentAreReplaced(boolean clientHasTimeouts) throws Exception {
        TimeoutOptions timeouts = clientHasTimeouts ? TimeoutOptions.enabled() : TimeoutOptions.create();
        RedisMasters.Builder builder = RedisMasters.builder();
        five.networks.forEach(network -> builder.add(
                RedisURI.create(network.host(), network.port()), options -> options.timeoutOptions(timeouts)));
        try (RedisMasters masters = builder.build()) {
            Redlock lock = Servers.factory(masters).redlock(TestRedis.freshKey(), OPTIONS);
            lock.acquire().close();
            five.networks(0, 3).forEach(FaultProxy::blackHoleConnections);
            await().ignoreExceptions().until(() -> taken(lock));
        }
    }

    @Test
    void allWhoWaitAreToldWhenAMajorityFails() throws Exception {
        Lease held = lock.acquire();
        List<CompletableFuture<AsyncLease>> waiters = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiters.add(lock.async().acquire());
        }
        five.deployment.awaitWaiter(lock);
        five.fail("black hole", 0, 3);
        for (CompletableFuture<AsyncLease> waiter : waiters) {
            assertThat(waiter)
                    .failsWithin(ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(QuorumIsImpossibleException.class);
        }
        held.close(); // valid until then, so that masters do not answer is no failure
    }

    // LK-14

    @Test
    void replyThatIsLostAfterTheDeedLeavesNoKey() throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < 60; i++) {
            Redlock each = five.redlock(TestRedis.freshKey(), OPTIONS.withAutoReleaseTime(ofSeconds(30)));
            random.ints(2, 0, 5).forEach(master -> five.networks.get(master).loseNextReply());
            try {
                Optional<Lease> lease = each.tryAcquire();
                random.ints(2, 0, 5).forEach(master -> five.networks.get(master).loseNextReply());
                if (lease.isPresent() && i % 3 == 0) {
                    lease.get().extend();
                }
                lease.ifPresent(Lease::close);
            } catch (QuorumNotAchievedException e) {
                // the lease was not won, or not extended: close() was not reached, so it ends with its time
                continue;
            }
            five.awaitClean(each, ofSeconds(5));
        }
    }

    // LK-15

    @Test
    void aRequestThatAStoppedServerReadsLateLeavesNoKey() throws Exception {
        Redlock each = five.redlock(TestRedis.freshKey(), OPTIONS.withAutoReleaseTime(ofSeconds(30)));
        five.fail("stopped", 0, 3);
        assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(each::tryAcquire);
        five.servers.forEach(RedisServer::resume);
        five.awaitClean(each, ONE_MASTER.multipliedBy(2).plus(SLACK));
    }

    // LK-16

    @Test
    void interruptsLeaveNothingBehind() throws Exception {
        List<Throwable> unexpected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Thread thread = new Thread(() -> {
                try {
                    lock.acquire().close();
                } catch (InterruptedException expected) {
                    // before the lock was taken
                } catch (Throwable e) {
                    unexpected.add(e);
                }
            });
            thread.start();
            if (i % 2 == 0) {
                Thread.onSpinWait();
            } else {
                TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextInt(1_500_000));
            }
            thread.interrupt();
            thread.join();
        }
        assertThat(unexpected).isEmpty();
        five.awaitClean(lock, ONE_MASTER.multipliedBy(2).plus(SLACK));
        lock.tryAcquire().orElseThrow().close();
    }

    @Test
    void cancelsLeaveNothingBehind() throws Exception {
        RedlockOptions patient = OPTIONS.withAutoReleaseTime(ofSeconds(30)).withMasterTimeout(ofSeconds(5));
        Redlock lock = five.redlock(TestRedis.freshKey(), patient);
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<AsyncLease> future = lock.async().acquire();
            Disposable mono = lock.reactive().run(() -> Mono.just("work")).subscribe();
            int spins = ThreadLocalRandom.current().nextInt(2_000);
            for (int spin = 0; spin < spins; spin++) {
                Thread.onSpinWait();
            }
            mono.dispose();
            if (!future.cancel(true)) {
                future.get().close().get(5, TimeUnit.SECONDS);
            }
            if (i % 20 == 0) { // what is to be seen is cancels, not how much the machine can take
                lock.acquire().close();
            }
        }
        five.awaitClean(lock, ofSeconds(10));
        lock.tryAcquire().orElseThrow().close();
    }

    // LK-18

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused", "replies lost"})
    void aLeaseThatCannotBeRenewedIsLostByItsDeadline(String fault) throws Exception {
        Redlock renewed = five.redlock(TestRedis.freshKey(), OPTIONS.withRenewal());
        Lease lease = renewed.acquire();
        CompletableFuture<Boolean> validWhenTold = new CompletableFuture<>();
        lease.onLost(() -> validWhenTold.complete(lease.isValid()));
        five.fail(fault, 0, 3);
        Duration left = lease.remaining();
        ContextTimer timer = ContextTimer.started();
        assertThat(validWhenTold.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(timer.elapsed()).isLessThan(left.plus(SLACK));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::close);
    }

    @Test
    void aLeaseThatCanBeRenewedAgainInTimeIsKept() throws Exception {
        Redlock renewed = five.redlock(TestRedis.freshKey(), OPTIONS.withRenewal());
        AtomicInteger lost = new AtomicInteger();
        try (Lease lease = renewed.acquire()) {
            lease.onLost(lost::incrementAndGet);
            for (int i = 0; i < 3; i++) {
                five.fail("black hole", 0, 3);
                Duration before = lease.remaining();
                await().until(() -> lease.remaining().compareTo(LEASE.dividedBy(2)) < 0);
                assertThat(before).isPositive();
                five.networks.forEach(FaultProxy::resume);
                await().until(() -> lease.remaining().compareTo(LEASE.dividedBy(2)) > 0);
            }
        }
        assertThat(lost).hasValue(0);
    }

    // LK-21, in short

    @Test
    void manyNamesAndManyWaitersNeedNoThreads() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(TestRedis.freshKey());
        }
        AtomicInteger leases = new AtomicInteger();
        ContextTimer timer = ContextTimer.started();
        int[] threadsAtFirst = {0};
        Threads.run(200, thread -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            boolean first = thread == 0;
            while (timer.elapsed().compareTo(ofSeconds(10)) < 0) {
                int hot = random.nextInt(10) == 0 ? random.nextInt(1_000) : random.nextInt(20);
                try (Lease lease = five.redlock(
                                names.get(hot),
                                OPTIONS.withAutoReleaseTime(ofSeconds(30)).withMasterTimeout(ofSeconds(5)))
                        .acquire()) {
                    leases.incrementAndGet();
                }
                if (first && timer.elapsed().compareTo(ofSeconds(2)) > 0) {
                    threadsAtFirst[0] = Thread.activeCount();
                    first = false;
                }
            }
            if (thread == 0) {
                assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsAtFirst[0] + 2);
            }
        });
        assertThat(leases.get()).isGreaterThan(1_000);
    }

    /** Whether a try takes the lock, which it then gives back. */
    private static boolean taken(Redlock lock) throws InterruptedException {
        Optional<Lease> lease = lock.tryAcquire();
        lease.ifPresent(Lease::close);
        return lease.isPresent();
    }
}
