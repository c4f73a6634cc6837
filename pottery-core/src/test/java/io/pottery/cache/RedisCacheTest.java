package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

class RedisCacheTest {

    private static final CacheOptions FOR_EVER = CacheOptions.defaults().withoutTimeout();

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final AtomicInteger computed = new AtomicInteger();

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        CachedFunction<Integer, Integer> function = pottery.cached(key, Integer.class, Integer.class, this::expensive);
        assertThat(function.apply(5)).isEqualTo(5);
        assertThat(function.cacheInfo()).isEqualTo(info(0, 1, 1));
        assertThat(function.apply(5)).isEqualTo(5);
        assertThat(function.cacheInfo()).isEqualTo(info(1, 1, 1));
        assertThat(function.apply(6)).isEqualTo(6);
        assertThat(function.cacheInfo()).isEqualTo(info(1, 2, 2));
        assertThat(function.wrapped().apply(7)).isEqualTo(7);
        assertThat(function.bypass(5)).isEqualTo(5);
        assertThat(function.cacheInfo()).isEqualTo(info(1, 2, 2));
        assertThat(computed).hasValue(4);
        function.cacheClear();
        assertThat(function.cacheInfo()).isEqualTo(info(0, 0, 0));
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
    }

    @Test
    void functionsOfTwoArgumentsAndOfNoneRememberToo() {
        CachedBiFunction<Integer, String, String> two = pottery.cached(
                key, Integer.class, String.class, String.class, (number, text) -> text + expensive(number));
        assertThat(two.apply(1, "a")).isEqualTo("a1");
        assertThat(two.apply(1, "a")).isEqualTo("a1");
        assertThat(two.apply(1, "b")).isEqualTo("b1");
        assertThat(computed).hasValue(2);
        assertThat(two.bypass(1, "a")).isEqualTo("a1");
        assertThat(computed).hasValue(3);
        two.evict(1, "a");
        assertThat(two.cacheInfo()).isEqualTo(info(1, 2, 1));
        assertThat(two.wrapped().apply(2, "c")).isEqualTo("c2");
        two.cacheClear();
        assertThat(two.cacheInfo()).isEqualTo(info(0, 0, 0));

        CachedSupplier<Integer> none = pottery.cached(key, Integer.class, () -> expensive(9));
        assertThat(none.get()).isEqualTo(9);
        assertThat(none.get()).isEqualTo(9);
        assertThat(none.cacheInfo()).isEqualTo(info(1, 1, 1));
        computed.set(0);
        assertThat(none.bypass()).isEqualTo(9);
        assertThat(computed).hasValue(1);
        assertThat(none.wrapped().get()).isEqualTo(9);
        none.cacheClear();
        assertThat(none.cacheInfo()).isEqualTo(info(0, 0, 0));
    }

    @Test
    void theWholeCacheEndsSomeTimeAfterTheLastAccess() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        load(cache, 1);
        assertThat(timeToLive()).isBetween(50_000L, 60_000L);
        redis.execute("PEXPIRE", key, "20000");
        load(cache, 1);
        assertThat(timeToLive()).as("after a hit").isGreaterThan(50_000);
        redis.execute("PEXPIRE", key, "20000");
        load(cache, 2);
        assertThat(timeToLive()).as("after a miss").isGreaterThan(50_000);
        redis.execute("PEXPIRE", key, "20000");
        cache.refresh(2, () -> 3);
        assertThat(timeToLive()).as("after a bypass").isGreaterThan(50_000);
        redis.execute("PEXPIRE", key, "20000");
        assertThat(cache.getIfPresent(9)).isNull();
        assertThat(timeToLive()).as("after a look").isGreaterThan(50_000);
    }

    @Test
    void withoutTimeToLiveValuesAreTheJsonThatPythonWrites() {
        pottery.<Integer, Map<String, Integer>>cache(
                        key, Integer.class, pottery.json(new ParameterizedTypeReference<>() {}), FOR_EVER)
                .put(1, Map.of("b", 1, "a", 2));
        assertThat(TestRedis.hash(key).values()).containsExactly("{\"a\": 2, \"b\": 1}");
        assertThat(timeToLive()).isEqualTo(-1);
        assertThat(redis.execute("EXISTS", "{" + key + "}:deadlines")).isEqualTo(0L);
    }

    @Test
    void eachEntryEndsByItselfAndIsNotPutOffByHits() {
        RedisCache<Integer, Integer> cache =
                cache(CacheOptions.ofTtl(Duration.ofSeconds(2)).withJitter(0));
        load(cache, 1);
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            load(cache, 1);
            assertThat(computed).hasValue(2);
        });
        assertThat(cache.info().hits()).isPositive();
    }

    @Test
    void whatHasEndedIsNotCountedAndRemovedWhenSomethingIsStored() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.ofTtl(Duration.ofMinutes(10)));
        IntStream.range(0, 250).forEach(i -> load(cache, i));
        assertThat(cache.info().size()).isEqualTo(250);
        for (String field : TestRedis.hash(key).keySet()) {
            redis.execute("ZADD", "{" + key + "}:deadlines", "1000", field);
            redis.execute("HSET", key, field, "1000 7");
        }
        assertThat(cache.info().size()).isZero();
        assertThat(cache.getIfPresent(3)).isNull();
        load(cache, 1_000);
        assertThat(redis.execute("HLEN", key)).isEqualTo(151L);
        assertThat(redis.execute("ZCARD", "{" + key + "}:deadlines")).isEqualTo(151L);
        assertThat(cache.info().size()).isEqualTo(1);
    }

    @Test
    void timesToLiveAreSpread() {
        RedisCache<Integer, Integer> cache =
                cache(CacheOptions.ofTtl(Duration.ofMinutes(10)).withJitter(0.5));
        IntStream.range(0, 100).forEach(i -> load(cache, i));
        List<Long> deadlines = TestRedis.hash(key).values().stream()
                .map(value -> Long.parseLong(value.split(" ")[0]))
                .sorted()
                .toList();
        long spread = deadlines.get(99) - deadlines.get(0);
        assertThat(spread)
                .isBetween(
                        Duration.ofMinutes(2).toMillis(), Duration.ofMinutes(6).toMillis());
        assertThat(timeToLive())
                .isLessThanOrEqualTo(600_000)
                .isGreaterThan(deadlines.get(99) - System.currentTimeMillis() - 1_000);
    }

    @Test
    void aCacheOfEntriesWithEndsEndsWithTheLast() {
        RedisCache<Integer, Integer> cache =
                cache(CacheOptions.ofTtl(Duration.ofMinutes(10)).withJitter(0));
        load(cache, 1);
        cache(CacheOptions.ofTtl(Duration.ofMinutes(1))).put(2, 2);
        assertThat(timeToLive()).isGreaterThan(500_000);
        assertThat((Long) redis.execute("PTTL", "{" + key + "}:deadlines")).isGreaterThan(500_000);
        RedisCache<Integer, Integer> both =
                cache(CacheOptions.ofTtl(Duration.ofMinutes(10)).withTimeout(Duration.ofMinutes(2)));
        load(both, 1);
        assertThat(timeToLive()).isLessThanOrEqualTo(120_000);
        assertThat((Long) redis.execute("PTTL", "{" + key + "}:deadlines")).isLessThanOrEqualTo(120_000);
    }

    @Test
    void anEntryWithoutEndDoesNotCountWhereEachHasOne() {
        cache(FOR_EVER).put(1, 1);
        RedisCache<Integer, Integer> cache = cache(CacheOptions.ofTtl(Duration.ofMinutes(1)));
        assertThat(cache.getIfPresent(1)).isNull();
        assertThat(cache.get(1, () -> 2)).isEqualTo(2);
        assertThat(cache(CacheOptions.defaults()).getIfPresent(1)).isEqualTo(2);
    }

    @Test
    void nullIsStoredOnlyIfItMayBeAndForAsLongAsThat() {
        RedisCache<Integer, Integer> without = cache(FOR_EVER);
        assertThat(without.get(1, this::nothing)).isNull();
        assertThat(without.get(1, this::nothing)).isNull();
        assertThat(computed).hasValue(2);
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> without.put(1, null))
                .withMessageContaining("nullTtl");

        RedisCache<Integer, Integer> with = cache(FOR_EVER.withNullTtl(Duration.ofSeconds(30)));
        assertThat(with.get(1, this::nothing)).isNull();
        assertThat(with.get(1, this::nothing)).isNull();
        assertThat(computed).hasValue(3);
        with.put(2, 2);
        assertThat(TestRedis.hash(key).values()).contains("2").anyMatch(value -> value.matches("\\d+ null"));
        assertThat(with.info()).isEqualTo(info(1, 1, 2));
        assertThat(timeToLive()).isEqualTo(-1);
    }

    @Test
    void exceptionsAreNotStoredAndReachTheCallerAsTheyAre() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults().withSync());
        IOException failure = new IOException("no");
        assertThatThrownBy(() -> cache.get(1, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(load(cache, 1)).isEqualTo(1);
        assertThat(redis.execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void aResultThatIsNotLikedIsReturnedAndNotStored() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        assertThat(cache.get(1, () -> expensive(1), value -> value != null && value > 1))
                .isEqualTo(1);
        assertThat(cache.getIfPresent(1)).isNull();
        assertThat(cache.get(2, () -> expensive(2), value -> value != null && value > 1))
                .isEqualTo(2);
        assertThat(cache.getIfPresent(2)).isEqualTo(2);
        assertThatThrownBy(() -> cache.get(3, () -> 3, value -> {
                    throw new IllegalStateException("cannot tell");
                }))
                .hasMessage("cannot tell");
        assertThat(load(cache, 3)).isEqualTo(3);
    }

    @Test
    void aResultThatHasNoJsonIsRefused() {
        RedisCache<Integer, Double> cache = pottery.cache(key, Integer.class, Double.class);
        assertThatExceptionOfType(UnencodableValueException.class).isThrownBy(() -> cache.get(1, () -> Double.NaN));
        assertThat(cache.get(1, () -> 1.0)).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{\"a\": 1",
                "\"text\"",
                "1.5",
                "null",
                "99999999999999 ",
                "99999999999999 [1]",
                "{\"@class\": \"javax.swing.JEditorPane\"}",
                "\uFEFF1"
            })
    void whatCannotBeReadIsAMissCountedAndReplaced(String poison) {
        for (CacheOptions options :
                List.of(CacheOptions.defaults(), FOR_EVER, FOR_EVER.withNear(10).withSync())) {
            RedisCache<Integer, Integer> cache = cache(options);
            cache.put(1, 7);
            String field = TestRedis.hash(key).keySet().iterator().next();
            redis.execute("HSET", key, field, poison);
            assertThat(cache.getIfPresent(1)).isNull();
            assertThat(cache.get(1, () -> 8)).isEqualTo(8);
            assertThat(cache.get(1, () -> 9)).isEqualTo(8);
            assertThat(cache.info().unreadable()).isEqualTo(2);
            assertThat(cache.info().misses()).isEqualTo(2);
            cache.clear();
        }
    }

    @Test
    void nothingIsStoredThatBeganBeforeAnEviction() {
        for (CacheOptions options : List.of(
                CacheOptions.defaults(),
                CacheOptions.ofTtl(Duration.ofMinutes(1)).withSync())) {
            RedisCache<Integer, Integer> cache = cache(options);
            RedisCache<Integer, Integer> elsewhere = cache(options);
            assertThat(cache.get(1, () -> {
                        elsewhere.evict(1);
                        return 1;
                    }))
                    .isEqualTo(1);
            assertThat(cache.getIfPresent(1)).as("after evict").isNull();
            cache.get(1, () -> {
                elsewhere.clear();
                return 1;
            });
            assertThat(cache.getIfPresent(1)).as("after clear").isNull();
            cache.get(1, () -> {
                elsewhere.put(1, 5);
                return 1;
            });
            assertThat(cache.getIfPresent(1)).as("after put").isEqualTo(5);
            cache.refresh(1, () -> {
                elsewhere.evict(1);
                elsewhere.get(1, () -> 6);
                return 1;
            });
            assertThat(cache.getIfPresent(1)).as("after what began later").isEqualTo(6);
            cache.evict(1);
        }
    }

    @Test
    void whatBeganLaterStays() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        RedisCache<Integer, Integer> elsewhere = cache(CacheOptions.defaults());
        cache.get(1, () -> {
            elsewhere.refresh(1, () -> 2);
            return 1;
        });
        assertThat(cache.getIfPresent(1)).isEqualTo(2);
        cache.refresh(1, () -> {
            assertThatThrownBy(() -> elsewhere.refresh(1, () -> {
                        throw new IOException("no");
                    }))
                    .isInstanceOf(IOException.class);
            return 3;
        });
        assertThat(cache.getIfPresent(1)).isEqualTo(3);
        assertThat(redis.execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void oneThreadComputesAndTheOthersGetItsResult() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        Threads.run(50, thread -> assertThat(cache.get(1, () -> slow(42))).isEqualTo(42));
        assertThat(computed).hasValue(1);
        CacheInfo info = cache.info();
        assertThat(info.hits() + info.misses()).isEqualTo(50);
    }

    @Test
    void oneProcessComputesAndTheOthersGetItsResult() {
        List<RedisCache<Integer, Integer>> processes = IntStream.range(0, 4)
                .mapToObj(i -> PotteryFactory.create(TestRedis.connections()))
                .map(each -> each.cache(
                        key,
                        Integer.class,
                        each.json(Integer.class),
                        CacheOptions.defaults().withSync()))
                .toList();
        Threads.run(
                40,
                thread -> assertThat(processes.get(thread % 4).get(1, () -> slow(42)))
                        .isEqualTo(42));
        assertThat(computed).hasValue(1);
    }

    @Test
    void withoutSyncEachProcessComputesOnce() {
        List<RedisCache<Integer, Integer>> processes =
                List.of(cache(CacheOptions.defaults()), cache(CacheOptions.defaults()));
        CountDownLatch both = new CountDownLatch(2);
        Threads.run(
                20,
                thread -> processes.get(thread % 2).get(1, () -> {
                    both.countDown();
                    both.await(20, TimeUnit.SECONDS);
                    return expensive(1);
                }));
        assertThat(computed).hasValue(2);
        assertThat(redis.execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void theFailureOfOneIsThatOfAllWhoWait() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        AtomicInteger failures = new AtomicInteger();
        Threads.run(20, thread -> {
            try {
                cache.get(1, () -> {
                    slow(1);
                    throw new IOException("no");
                });
            } catch (IOException e) {
                failures.incrementAndGet();
            }
        });
        assertThat(failures).hasValue(20);
        assertThat(computed).hasValueLessThan(20);
    }

    @Test
    void whoeverComputesMayComputeOtherEntriesAndEvenTheSame() {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults().withSync());
        assertThat(fibonacci(cache, 20)).isEqualTo(6765);
        assertThat(computed).hasValue(21);
        assertThat(cache.get(99, () -> cache.get(99, () -> 5))).isEqualTo(5);
        assertThat(cache.getIfPresent(99)).isEqualTo(5);
    }

    private int fibonacci(RedisCache<Integer, Integer> cache, int n) {
        return Optional.ofNullable(cache.get(
                        n, () -> expensive(n) < 2 ? n : fibonacci(cache, n - 1) + fibonacci(cache, n - 2)))
                .orElseThrow();
    }

    @Test
    void anotherTakesThePlaceOfOneWhoTakesTooLong() {
        CacheOptions options = CacheOptions.defaults().withSync().withLease(Duration.ofMillis(300));
        RedisCache<Integer, Integer> slow = cache(options);
        RedisCache<Integer, Integer> other = cache(options);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> slow.get(1, () -> {
            begun.countDown();
            awaitLatch(end);
            return 1;
        }));
        awaitLatch(begun);
        assertThat(other.get(1, () -> 2)).isEqualTo(2);
        end.countDown();
        assertThat(first.join()).isEqualTo(1);
        assertThat(other.getIfPresent(1)).isEqualTo(2);
    }

    @Test
    void anInterruptedCallerStopsWaitingAndComputesForItself() throws InterruptedException {
        RedisCache<Integer, Integer> cache = cache(CacheOptions.defaults());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> cache.get(1, () -> {
            begun.countDown();
            awaitLatch(end);
            return 1;
        }));
        awaitLatch(begun);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread second = new Thread(() -> {
            cache.get(1, () -> 2);
            flag.complete(Thread.currentThread().isInterrupted());
        });
        second.start();
        await().until(() -> second.getState() == Thread.State.WAITING);
        second.interrupt();
        assertThat(flag.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        end.countDown();
        assertThat(first.join()).isEqualTo(1);
    }

    @Test
    void anEntryThatEndsSoonIsComputedAheadByOne() throws InterruptedException {
        CacheOptions options = CacheOptions.ofTtl(Duration.ofMinutes(10)).withRefreshAhead(Duration.ofMinutes(2));
        RedisCache<Integer, Integer> cache = cache(options);
        cache.put(1, 0);
        assertThat(cache.get(1, () -> slow(4))).isZero();
        assertThat(computed).as("long before the end").hasValue(0);
        long soon = System.currentTimeMillis() + 60_000;
        redis.execute("HSET", key, "[1]", soon + " 0");
        redis.execute("ZADD", "{" + key + "}:deadlines", Long.toString(soon), "[1]");
        assertThat(cache.get(1, () -> slow(5))).isZero();
        await().untilAsserted(() -> assertThat(cache.get(1, () -> slow(6))).isEqualTo(5));
        assertThat(computed).hasValue(1);
        assertThat(cache.info().misses()).isZero();
    }

    @Test
    void whoDiedWhileComputingIsNoReasonNotToComputeAhead() {
        CacheOptions options = CacheOptions.ofTtl(Duration.ofMinutes(10))
                .withRefreshAhead(Duration.ofMinutes(9))
                .withLease(Duration.ofSeconds(60));
        PotteryFactory computingAtOnce = PotteryFactory.builder(TestRedis.connections())
                .executor(Runnable::run)
                .build();
        RedisCache<Integer, Integer> cache =
                computingAtOnce.cache(key, Integer.class, pottery.json(Integer.class), options);
        redis.execute("HSET", key, "[1]", System.currentTimeMillis() + 300_000 + " 0");
        String loads = "{" + key + "}:loads";
        long now = System.currentTimeMillis();
        redis.execute("HSET", loads, "[1]", "somebody 1 0 1 %d %d".formatted(now, now));
        assertThat(cache.get(1, () -> expensive(5))).isZero();
        assertThat(computed).as("while it may be alive").hasValue(0);
        redis.execute("HSET", loads, "[1]", "somebody 1 0 1 %d %d".formatted(now - 61_000, now - 61_000));
        assertThat(cache.get(1, () -> expensive(6))).isZero();
        assertThat(cache.getIfPresent(1)).isEqualTo(6);
    }

    @Test
    void aKeyOfAnotherTypeIsDoneWithoutOrTold() {
        redis.execute("RPUSH", key, "1");
        RedisCache<Integer, Integer> open = cache(CacheOptions.defaults());
        assertThat(open.get(1, () -> 1)).isEqualTo(1);
        assertThat(open.refresh(1, () -> 2)).isEqualTo(2);
        RedisCache<Integer, Integer> closed = cache(CacheOptions.defaults().withoutFailOpen());
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> closed.get(1, () -> expensive(1)))
                .withMessageContaining("Expected a hash at '%s', found a list", key);
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> open.put(1, 1));
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> open.evict(1));
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(open::clear);
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(open::info);
        assertThat(computed).hasValue(0);
        assertThat(redis.execute("TTL", key)).isEqualTo(-1L);
    }

    private RedisCache<Integer, Integer> cache(CacheOptions options) {
        return pottery.cache(key, Integer.class, pottery.json(Integer.class), options);
    }

    private Integer load(RedisCache<Integer, Integer> cache, int number) {
        return cache.get(number, () -> expensive(number));
    }

    private Integer expensive(int number) {
        computed.incrementAndGet();
        return number;
    }

    private Integer nothing() {
        computed.incrementAndGet();
        return null;
    }

    /** Takes so long that others come meanwhile. */
    private Integer slow(int number) throws InterruptedException {
        computed.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(200);
        return number;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long timeToLive() {
        return (Long) redis.execute("PTTL", key);
    }

    private static CacheInfo info(long hits, long misses, long size) {
        return new CacheInfo(hits, 0, misses, 0, 0, size);
    }
}
