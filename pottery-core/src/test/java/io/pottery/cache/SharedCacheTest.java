package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Circuit;
import io.pottery.internal.redis.SystemTimer;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Caches that several processes, handles and other programs write to, each as it sees fit. */
class SharedCacheTest {

    private static final CacheOptions SLIDING = CacheOptions.defaults();
    private static final CacheOptions PLAIN = SLIDING.withoutTimeout();
    private static final CacheOptions TTL =
            CacheOptions.ofTtl(Duration.ofMinutes(10)).withJitter(0);

    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final String deadlines = "{" + key + "}:deadlines";
    private final String loads = "{" + key + "}:loads";
    private final AtomicInteger computed = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aNullIsNotComputedAhead() {
        RedisCache<Integer, Integer> cache =
                cache(TTL.withRefreshAhead(Duration.ofMinutes(5)).withNullTtl(Duration.ofSeconds(30)));
        for (int i = 0; i < 5; i++) {
            cache.get(1, () -> {
                computed.incrementAndGet();
                return null;
            });
        }
        assertThat(computed).hasValue(1);
    }

    @Test
    void whatOneProcessHasComputedAheadIsNotComputedAgain() {
        Queue<Runnable> later = new ConcurrentLinkedQueue<>();
        CacheOptions options = TTL.withRefreshAhead(Duration.ofMinutes(2));
        RedisCache<Integer, Integer> slow = cache(later::add, options);
        RedisCache<Integer, Integer> fast = cache(Runnable::run, options);
        endIn(Duration.ofMinutes(1));
        assertThat(slow.get(1, computed::incrementAndGet)).isZero();
        assertThat(fast.get(1, computed::incrementAndGet)).isZero();
        assertThat(fast.getIfPresent(1)).isEqualTo(1);
        assertThat(later).hasSize(1);
        later.forEach(Runnable::run);
        assertThat(computed).hasValue(1);
    }

    @Test
    void oneProcessTakesThePlaceOfOneThatDiedComputingAhead() {
        CacheOptions options = TTL.withRefreshAhead(Duration.ofMinutes(9)).withLease(Duration.ofSeconds(60));
        endIn(Duration.ofMinutes(5));
        long begun = System.currentTimeMillis() - 61_000;
        redis.execute("HSET", loads, "[1]", "somebody 1 0 1 %d %d".formatted(begun, begun));
        RedisCache<Integer, Integer> other = cache(Runnable::run, options);
        cache(Runnable::run, options).get(1, () -> {
            other.get(1, computed::incrementAndGet);
            return computed.incrementAndGet();
        });
        assertThat(computed).hasValue(1);
        assertThat(other.getIfPresent(1)).isEqualTo(1);
    }

    @Test
    void anExecutorThatFailsIsNoReasonForAHitToFail() {
        endIn(Duration.ofMinutes(5));
        RedisCache<Integer, Integer> cache = cache(
                work -> {
                    throw new IllegalStateException("no threads");
                },
                TTL.withRefreshAhead(Duration.ofMinutes(9)));
        assertThat(cache.get(1, computed::incrementAndGet)).isZero();
    }

    @Test
    void deadlinesOfAHashThatIsGoneAreGone() {
        RedisCache<Integer, Integer> cache = cache(PLAIN.withNullTtl(Duration.ofMinutes(1)));
        cache.put(1, null);
        cache.put(2, null);
        redis.execute("DEL", key);
        cache.put(2, 5);
        assertThat(redis.execute("EXISTS", deadlines)).isEqualTo(0L);
        assertThat(cache.info().size()).isEqualTo(1);
    }

    @Test
    void anEntryWithoutEndHasNoDeadlineWhoeverStoresIt() {
        RedisCache<Integer, Integer> ending = cache(TTL);
        ending.put(1, 5);
        cache(PLAIN).put(1, 6);
        assertThat(redis.execute("ZCARD", deadlines)).isEqualTo(0L);
        ending.put(1, 7);
        assertThat(redis.execute("ZCARD", deadlines)).isEqualTo(1L);
        cache(PLAIN.withNullTtl(Duration.ofMinutes(1))).put(1, 6);
        assertThat(redis.execute("ZCARD", deadlines)).isEqualTo(0L);
    }

    @Test
    void whatIsEvictedOrClearedHasNoDeadline() {
        RedisCache<Integer, Integer> cache = cache(TTL);
        cache.put(1, 1);
        cache.put(2, 2);
        cache.evict(1);
        assertThat(redis.execute("ZRANGE", deadlines, "0", "-1")).hasToString("[[2]]");
        cache.clear();
        assertThat(redis.execute("EXISTS", key, deadlines, loads)).isEqualTo(0L);
    }

    @Test
    void aCacheWithoutEndDoesNotGetOneFromAnother() {
        cache(PLAIN).put(1, 1);
        cache(TTL).put(2, 2);
        assertThat(redis.execute("PTTL", key)).isEqualTo(-1L);
    }

    @Test
    void anEntryWithADeadlineIsReadWhereNoneIsExpected() {
        cache(TTL).put(1, 5);
        RedisCache<Integer, Integer> plain = cache(PLAIN);
        assertThat(plain.get(1, computed::incrementAndGet)).isEqualTo(5);
        assertThat(plain.info().unreadable()).isZero();
    }

    @Test
    void aRefusedCallChangesNothing() {
        RedisCache<Integer, Integer> cache = cache(TTL);
        cache.put(1, 5);
        for (String beside : new String[] {deadlines, loads}) {
            redis.execute("DEL", deadlines, loads);
            redis.execute("SET", beside, "of another program");
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(() -> cache.put(1, 6))
                    .withMessageContaining(beside);
            assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> cache.put(2, 6));
            assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> cache.evict(1));
            assertThatExceptionOfType(WrongTypeException.class).isThrownBy(cache::clear);
            assertThat(cache.getIfPresent(1)).isEqualTo(5);
            assertThat(redis.execute("HLEN", key)).isEqualTo(1L);
            assertThat(redis.execute("GET", beside)).isEqualTo("of another program");
        }
    }

    @Test
    void aLookDoesNotPutOffTheEndOfWhatAnotherProgramHas() {
        RedisCache<Integer, Integer> cache =
                cache(TTL.withTimeout(Duration.ofMinutes(1)).withoutFailOpen());
        cache.put(1, 5);
        redis.execute("PERSIST", key);
        redis.execute("DEL", deadlines);
        redis.execute("SET", deadlines, "of another program");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> cache.getIfPresent(1))
                .withMessageContaining(deadlines);
        assertThat(redis.execute("PTTL", deadlines)).isEqualTo(-1L);
        assertThat(redis.execute("PTTL", key)).isEqualTo(-1L);
    }

    @Test
    void aRecordThatNobodyEndedIsReplacedAndRemovedAfterADay() {
        long longAgo = System.currentTimeMillis() - Duration.ofDays(2).toMillis();
        String dead = "somebody 1 0 1 %d %d".formatted(System.currentTimeMillis() + 60_000, longAgo);
        redis.execute("HSET", loads, "[1]", dead, "[2]", dead, "[3]", "nonsense");
        RedisCache<Integer, Integer> cache = cache(SLIDING.withSync());
        assertThat(cache.get(1, computed::incrementAndGet)).isEqualTo(1);
        assertThat(redis.execute("EXISTS", loads)).isEqualTo(0L);
    }

    @Test
    void aQuestionThatIsSentAgainIsAnsweredAgain() {
        Entries entries = new Entries(
                TestRedis.keyspace("").key(DataType.HASH, key),
                SLIDING.withSync(),
                new Circuit(new SystemTimer()),
                null,
                new AtomicLong());
        byte[] field = "[1]".getBytes(StandardCharsets.US_ASCII);
        Lookup turn = entries.lookup(field, Lookup.Mode.GET, "me:1", "", "");
        assertThat(turn).isEqualTo(new Lookup.Turn("me:1", 1));
        assertThat(entries.lookup(field, Lookup.Mode.GET, "me:1", "", "")).isEqualTo(turn);
        assertThat(entries.lookup(field, Lookup.Mode.GET, "me:2", "", "")).isInstanceOf(Lookup.Busy.class);
    }

    @Test
    void callersDoNotFollowEachOtherInACircle() throws Exception {
        RedisCache<Integer, Integer> cache = cache(SLIDING.withSync());
        long now = System.currentTimeMillis();
        String first = "A 1 0 1 %d %d".formatted(now + 3_000, now);
        String second = "B 1 0 1 %d %d".formatted(now + 3_000, now);
        redis.execute("HSET", loads, "[1]", first);
        Future<Integer> one = threads.submit(() -> cache.get(1, () -> 7));
        Future<Integer> other = null;
        // What an eviction and a fail-over to a server that has not heard of it look like.
        for (int i = 0; i < 100; i++) {
            redis.execute("HSET", loads, "[1]", i % 2 == 0 ? second : first);
            other = threads.submit(() -> cache.get(1, () -> 8));
        }
        assertThat(one.get(60, TimeUnit.SECONDS)).isIn(7, 8);
        assertThat(other.get(60, TimeUnit.SECONDS)).isIn(7, 8);
    }

    @Test
    void theFailureOfWhoMustHaveRedisIsNotThatOfOthers() throws Exception {
        RedisCache<Integer, Integer> cache = cache(SLIDING.withSync());
        long now = System.currentTimeMillis();
        redis.execute("HSET", loads, "[1]", "A 1 0 1 %d %d".formatted(now + 60_000, now));
        Future<Integer> strict = threads.submit(() -> cache.failing().get(1, () -> 7));
        await().until(() -> cache.info().misses() == 1);
        Future<Integer> easy = threads.submit(() -> cache.get(1, () -> 8));
        await().until(() -> cache.info().misses() == 2);
        redis.execute("SET", key + ":other", "of another program");
        redis.execute("RENAME", key + ":other", loads); // in one step, or somebody finds that nobody computes
        assertThat(easy.get(30, TimeUnit.SECONDS)).isEqualTo(8);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> strict.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(WrongTypeException.class);
    }

    @Test
    void whoAsksAfterAnEvictionFollowsNobodyFromBeforeInAFullRedis() throws Exception {
        inAFullRedis((server, processes) -> {
            RedisCache<Integer, Integer> cache = processes.call().cache(key, Integer.class, Integer.class);
            server.execute("CONFIG", "SET", "maxmemory", "1");
            AtomicInteger source = new AtomicInteger(1);
            CountDownLatch read = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Future<Integer> before = threads.submit(() -> cache.get(1, () -> {
                int value = source.get();
                read.countDown();
                end.await();
                return value;
            }));
            read.await();
            source.set(2);
            cache.evict(1);
            assertThat(threads.submit(() -> cache.get(1, source::get)).get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            end.countDown();
            assertThat(before.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        });
    }

    @Test
    void twoComputationsThatAFullRedisTakesNoMoreLeaveNoRecord() throws Exception {
        inAFullRedis((server, processes) -> {
            CountDownLatch both = new CountDownLatch(2);
            CountDownLatch end = new CountDownLatch(1);
            Callable<Integer> call = () -> processes
                    .call()
                    .cache(key, Integer.class, Integer.class)
                    .get(1, () -> {
                        both.countDown();
                        end.await();
                        return 1;
                    });
            Future<Integer> one = threads.submit(call);
            Future<Integer> other = threads.submit(call);
            both.await();
            server.execute("CONFIG", "SET", "maxmemory", "1");
            end.countDown();
            assertThat(one.get(30, TimeUnit.SECONDS) + other.get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            assertThat(server.execute("EXISTS", loads)).isEqualTo(0L);
        });
    }

    /** What is done with a Redis that can be made full, and a process each time that one is asked for. */
    @FunctionalInterface
    private interface Work {
        void run(RedisServer server, Callable<PotteryFactory> processes) throws Exception;
    }

    private static void inAFullRedis(Work work) throws Exception {
        try (RedisServer server =
                RedisServer.with("maxmemory-policy", "noeviction").start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                work.run(server, () -> PotteryFactory.create(connections));
            } finally {
                connections.destroy();
            }
        }
    }

    /** Has the entry of 1 be 0, and end after {@code left}. */
    private void endIn(Duration left) {
        String deadline = Long.toString(System.currentTimeMillis() + left.toMillis());
        redis.execute("HSET", key, "[1]", deadline + " 0");
        redis.execute("ZADD", deadlines, deadline, "[1]");
    }

    private RedisCache<Integer, Integer> cache(CacheOptions options) {
        return cache(Runnable::run, options);
    }

    private RedisCache<Integer, Integer> cache(Executor executor, CacheOptions options) {
        PotteryFactory process = PotteryFactory.builder(TestRedis.connections())
                .executor(executor)
                .build();
        return process.cache(key, Integer.class, process.json(Integer.class), options);
    }
}
