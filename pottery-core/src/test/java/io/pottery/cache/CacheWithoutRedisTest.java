package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Callers who get what they want also when Redis does not answer. */
@Timeout(120)
class CacheWithoutRedisTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final String key = TestRedis.freshKey();
    private final RedisServer server = RedisServer.start();
    private final FaultProxy network = FaultProxy.before(server);
    private final LettuceConnectionFactory connections = connect();
    private final PotteryFactory pottery = PotteryFactory.create(connections);
    private final AtomicInteger computed = new AtomicInteger();

    @AfterEach
    void end() {
        connections.destroy();
        network.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "refused", "black hole", "paused"})
    void callersWaitOnceAndThenComputeAtOnceUntilItIsBack(String fault) {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults().withTimeout(Duration.ofHours(1)));
        assertThat(cache.get(1, () -> 5)).isEqualTo(5);
        fail(fault);
        ElapsedClock.Mark first = ElapsedClock.system().mark();
        assertThat(cache.get(1, this::compute)).isEqualTo(6);
        assertThat(first.elapsed()).isLessThan(TIMEOUT.multipliedBy(10));
        ElapsedClock.Mark others = ElapsedClock.system().mark();
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get(1, this::compute)).isEqualTo(6);
        }
        assertThat(cache.refresh(1, this::compute)).isEqualTo(6);
        assertThat(cache.getIfPresent(1)).isNull();
        assertThat(cache.async().get(1, () -> CompletableFuture.completedFuture(6)))
                .succeedsWithin(SOON)
                .isEqualTo(6);
        assertThat(others.elapsed()).as("1,000 timeouts").isLessThan(TIMEOUT.multipliedBy(20));
        assertThat(computed).hasValue(1_002);
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> cache.put(1, 7));
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> cache.evict(1));
        assertThatExceptionOfType(PotteryException.class).isThrownBy(cache::clear);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(cache::info)
                .withMessageContaining("%s was not asked for: Redis could not be reached", "'" + key + "'")
                .withRootCauseInstanceOf(Exception.class);
        heal(fault);
        int expected = fault.equals("killed") ? 7 : 5;
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cache.get(1, () -> 7)).isEqualTo(expected);
            assertThat(cache.getIfPresent(1)).isEqualTo(expected);
        });
        CacheInfo info = cache.info();
        assertThat(info.failures()).isGreaterThanOrEqualTo(1_003);
        assertThat(info.hits()).isPositive();
    }

    @Test
    void whoWantsToKnowIsToldAndNothingIsComputed() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults().withoutFailOpen());
        assertThat(cache.get(1, () -> 5)).isEqualTo(5);
        server.kill();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> cache.get(1, this::compute))
                    .withMessageContaining(key)
                    .withMessageContaining("127.0.0.1:" + network.port());
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> cache.refresh(1, this::compute));
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> cache.getIfPresent(1));
            assertThat(cache.async().get(1, () -> CompletableFuture.completedFuture(compute())))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(PotteryException.class);
        }
        assertThat(computed).hasValue(0);
    }

    @Test
    void whoWantsToKnowIsToldThatAResultIsNotStored() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults().withoutFailOpen());
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> cache.get(1, () -> {
                    server.kill();
                    return compute();
                }));
        RedisCache<Integer, Integer> open = cache(CacheOptions.defaults());
        server.restart();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(open.getIfPresent(2)).isNull());
        await().atMost(SOON).ignoreExceptions().until(() -> open.info().size() == 0);
        long failures = open.info().failures();
        assertThat(open.get(2, () -> {
                    server.kill();
                    return compute();
                }))
                .isEqualTo(6);
        server.restart();
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(open.info().failures()).isGreaterThan(failures));
    }

    @Test
    void anApplicationStartsWhileItIsDown() {
        server.kill();
        LettuceConnectionFactory late = connect();
        RedisCache<Integer, Integer> cache = PotteryFactory.create(late)
                .cache(
                        key,
                        Integer.class,
                        pottery.json(Integer.class),
                        CacheOptions.defaults().withNear(5).withSync());
        assertThat(cache.get(1, this::compute)).isEqualTo(6);
        server.restart();
        await().atMost(SOON).until(() -> {
            cache.get(1, this::compute);
            return cache.getIfPresent(1) != null && cache.info().nearHits() > 0;
        });
        late.destroy();
    }

    @Test
    void oneThreadComputesAlsoWithoutIt() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        server.kill();
        cache.get(2, () -> 5);
        Threads.run(
                20,
                thread -> assertThat(cache.get(1, () -> {
                            TimeUnit.MILLISECONDS.sleep(1_500);
                            return compute();
                        }))
                        .isEqualTo(6));
        assertThat(computed).hasValue(1);
    }

    @Test
    void whoIsInterruptedComputesAndStaysInterrupted() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        cache.put(1, 5);
        for (String fault : new String[] {"none", "black hole"}) {
            fail(fault);
            Thread.currentThread().interrupt();
            Integer found = cache.get(1, this::compute);
            assertThat(Thread.interrupted()).as(fault).isTrue();
            assertThat(found).isBetween(5, 6);
        }
        heal("black hole");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cache.getIfPresent(1)).isEqualTo(5));
    }

    @Test
    void whileTheApplicationEndsNobodyNotices() {
        LettuceConnectionFactory ending = connect();
        RedisCache<Integer, Integer> cache = PotteryFactory.create(ending)
                .cache(
                        key,
                        Integer.class,
                        pottery.json(Integer.class),
                        CacheOptions.defaults().withNear(5));
        AtomicBoolean ended = new AtomicBoolean();
        Threads.run(4, thread -> {
            for (int i = 0; !ended.get() || i < 200; i++) {
                int entry = thread + 4 * i;
                assertThat(cache.get(entry, () -> entry)).isEqualTo(entry);
                assertThat(cache.get(entry, () -> entry)).isEqualTo(entry);
                if (thread == 0 && i == 100) {
                    ending.destroy();
                    ended.set(true);
                }
            }
        });
        assertThat(cache.get(-1, this::compute)).isEqualTo(6);
        assertThat(cache.async().get(-1, () -> CompletableFuture.completedFuture(6)))
                .succeedsWithin(SOON)
                .isEqualTo(6);
        assertThatThrownBy(() -> cache.evict(1))
                .isInstanceOfAny(IllegalStateException.class, PotteryException.class)
                .hasMessageContaining(key);
    }

    private Integer compute() {
        computed.incrementAndGet();
        return 6;
    }

    private void fail(String fault) {
        switch (fault) {
            case "killed" -> server.kill();
            case "refused" -> network.refuse();
            case "black hole" -> network.blackHole();
            case "paused" -> server.pause();
            default -> assertThat(fault).isEqualTo("none");
        }
    }

    private void heal(String fault) {
        switch (fault) {
            case "killed" -> server.restart();
            case "paused" -> server.resume();
            default -> network.resume();
        }
    }

    private RedisCache<Integer, Integer> cache(CacheOptions options) {
        return pottery.cache(key, Integer.class, pottery.json(Integer.class), options);
    }

    private LettuceConnectionFactory connect() {
        return TestRedis.started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(network.host(), network.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(TIMEOUT)
                        .shutdownTimeout(Duration.ZERO)
                        .build()));
    }
}
