package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ElapsedClock;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Copies in this process: asked for nothing, gone when somebody changes something, and never older than they may be.
 */
class NearCacheTest {

    private static final CacheOptions NEAR = CacheOptions.defaults().withNear(100);

    /** By how much clocks may differ. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    private final String key = TestRedis.freshKey();
    private final PotteryFactory pottery = redis.pottery();
    private final RedisCache<Integer, Integer> elsewhere = cache(pottery, key, CacheOptions.defaults());

    @Test
    void nearHitsAskNobodyAndDoNotPutOffTheEnd() {
        RedisCache<Integer, Integer> cache = cache(pottery, key, NEAR);
        cache.put(1, 5);
        awaitNear(cache, 1);
        redis.server().execute("PEXPIRE", key, "20000");
        CacheInfo before = cache.info();
        Traffic traffic = redis.count(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(cache.get(1, () -> 6)).isEqualTo(5);
                assertThat(cache.getIfPresent(1)).isEqualTo(5);
                assertThat(cache.async().get(1, () -> null)).isCompletedWithValue(5);
            }
        });
        assertThat(traffic).isEqualTo(new Traffic(0, 0));
        assertThat(cache.info().nearHits()).isEqualTo(before.nearHits() + 300);
        assertThat(cache.info().hits()).isEqualTo(before.hits() + 300);
        assertThat((Long) redis.server().execute("PTTL", key)).isLessThanOrEqualTo(20_000);
    }

    static Stream<Named<Consumer<RedisCache<Integer, Integer>>>> changes() {
        return Stream.of(
                Named.of("evict", cache -> cache.evict(1)),
                Named.of("clear", RedisCache::clear),
                Named.of("put", cache -> cache.put(1, 6)),
                Named.of("refresh", cache -> cache.refresh(1, () -> 6)),
                Named.of("evict by one of many", cache -> {
                    cache.get(1, () -> 6);
                    cache.evict(1);
                    cache.get(1, () -> 6);
                }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeElsewhereEmptiesTheCopiesOfAll(Consumer<RedisCache<Integer, Integer>> change) {
        List<RedisCache<Integer, Integer>> handles =
                List.of(cache(pottery, key, NEAR), cache(pottery, key, NEAR), cache(process(), key, NEAR));
        elsewhere.put(1, 5);
        handles.forEach(each -> awaitNear(each, 1));
        change.accept(elsewhere);
        handles.forEach(each -> await().until(() -> !Objects.equals(each.getIfPresent(1), 5)));
        handles.forEach(each -> assertThat(each.get(1, () -> 6)).isEqualTo(6));
    }

    @Test
    void whoChangesSomethingSeesItAtOnce() {
        RedisCache<Integer, Integer> cache = cache(pottery, key, NEAR);
        for (int i = 0; i < 200; i++) {
            int value = i;
            cache.put(1, value);
            assertThat(cache.get(1, () -> -1)).isEqualTo(value);
            assertThat(cache.get(1, () -> -1)).isEqualTo(value);
            assertThat(cache.refresh(1, () -> -value)).isEqualTo(-value);
            assertThat(cache.get(1, () -> -1)).isEqualTo(-value);
            if (i % 2 == 0) {
                cache.evict(1);
            } else {
                cache.clear();
            }
            assertThat(cache.getIfPresent(1)).isNull();
        }
    }

    @Test
    void onlyWhatReplacesOrRemovesIsPublished() {
        Queue<String> messages = new ConcurrentLinkedQueue<>();
        LettuceConnectionFactory connections = TestRedis.connect(redis.server());
        try (RedisConnection listening = connections.getConnection()) {
            listening.subscribe(
                    (message, pattern) -> messages.add(new String(message.getBody(), StandardCharsets.UTF_8)),
                    key.getBytes(StandardCharsets.UTF_8));
            TestRedis.awaitListeners(redis.server(), key, 1);
            RedisCache<Integer, Integer> ending = cache(
                    pottery, key, CacheOptions.ofTtl(Duration.ofMinutes(9)).withNullTtl(Duration.ofMinutes(1)));
            for (RedisCache<Integer, Integer> cache : List.of(elsewhere, ending)) {
                cache.put(1, 1);
                cache.get(2, () -> 2);
                cache.refresh(3, () -> 3);
                cache.put(1, 1);
                cache.refresh(2, () -> 2);
                cache.get(3, () -> 4);
                redis.server().execute("DEL", key);
            }
            redis.server().execute("PUBLISH", key, "first");
            elsewhere.put(1, 1);
            elsewhere.put(1, 2);
            elsewhere.refresh(1, () -> 3);
            elsewhere.evict(1);
            elsewhere.clear();
            redis.server().execute("PUBLISH", key, "last");
            await().untilAsserted(() -> assertThat(messages).contains("last"));
        } finally {
            connections.destroy();
        }
        List<String> all = new ArrayList<>(messages);
        assertThat(all.get(0)).isEqualTo("first");
        assertThat(all).hasSize(6);
        assertThat(all.get(1)).isNotEmpty().isEqualTo(all.get(2)).isEqualTo(all.get(3));
        assertThat(all.get(4)).isEmpty();
    }

    @Test
    void keepsNoMoreEntriesThanItIsTold() {
        IntStream.range(0, 1_000).forEach(i -> elsewhere.put(i, i));
        RedisCache<Integer, Integer> cache =
                cache(pottery, key, CacheOptions.defaults().withNear(10));
        awaitNear(cache, 0);
        CacheInfo before = cache.info();
        for (int i = 0; i < 2_000; i++) {
            assertThat(cache.get(i % 1_000, () -> -1)).isEqualTo(i % 1_000);
        }
        CacheInfo after = cache.info();
        assertThat(after.hits() - before.hits()).isEqualTo(2_000);
        assertThat(after.nearHits() - before.nearHits()).isLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyLivesNoLongerThanTheEntryHasLeft(boolean ttl) {
        Duration life = Duration.ofMillis(1_500);
        RedisCache<Integer, Integer> cache = cache(
                pottery, key, (ttl ? CacheOptions.ofTtl(life).withJitter(0) : NEAR.withTimeout(life)).withNear(10));
        awaitListening(cache);
        cache.put(1, 5);
        ElapsedClock.Mark since = ElapsedClock.system().mark();
        assertThat(cache.getIfPresent(1)).isEqualTo(5);
        ElapsedClock.Mark lastAccess = ElapsedClock.system().mark();
        long nearHits = cache.info().nearHits();
        boolean over;
        do {
            over = (ttl ? since : lastAccess).elapsed().compareTo(life.plus(MARGIN)) > 0;
            long before = cache.info().nearHits();
            Integer found = cache.getIfPresent(1);
            if (!ttl && found != null && cache.info().nearHits() == before) { // Redis was asked, and puts off the end
                lastAccess = ElapsedClock.system().mark();
                over = false;
            }
            if (over) {
                assertThat(found).isNull();
            }
        } while (!over);
        assertThat(cache.info().nearHits()).isGreaterThan(nearHits);
    }

    @Test
    void aCopyThatIsReplacedLivesAsTheNewEntryDoes() {
        CacheOptions random = CacheOptions.ofTtl(Duration.ofSeconds(20)).withJitter(0.99);
        RedisCache<Integer, Integer> cache = cache(pottery, key, random.withNear(10));
        refreshUntilItHasLeft(cache, 15_000, 20_000);
        awaitNear(cache, 1);
        long deadline = refreshUntilItHasLeft(cache, 500, 1_500);
        Integer found;
        boolean over;
        do {
            over = System.currentTimeMillis() > deadline + MARGIN.toMillis();
            found = cache.getIfPresent(1);
        } while (!over);
        assertThat(found).isNull();
    }

    private long refreshUntilItHasLeft(RedisCache<Integer, Integer> cache, long atLeast, long atMost) {
        while (true) {
            cache.refresh(1, () -> 5);
            Object json = ((List<?>) redis.server().execute("HVALS", key)).get(0);
            long deadline = Long.parseLong(((String) json).split(" ")[0]);
            long left = deadline - System.currentTimeMillis();
            if (left >= atLeast && left <= atMost) {
                return deadline;
            }
        }
    }

    @Test
    void copiesAreDroppedWhenTheConnectionIsLostAndMadeAgainAfter() {
        RedisCache<Integer, Integer> cache = cache(pottery, key, NEAR);
        cache.put(1, 0);
        for (int i = 1; i < 10; i++) {
            awaitNear(cache, 1);
            changeSilently(redis.server(), key, i);
            assertThat(cache.getIfPresent(1)).isEqualTo(i - 1);
            redis.server().execute("CLIENT", "KILL", "TYPE", "pubsub");
            int value = i;
            await().untilAsserted(() -> assertThat(cache.getIfPresent(1)).isEqualTo(value));
        }
    }

    @Test
    void copiesAreNotUsedWhileThereIsNoServer() {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.started(new LettuceConnectionFactory(
                    new RedisStandaloneConfiguration(server.host(), server.port()),
                    LettuceClientConfiguration.builder()
                            .commandTimeout(Duration.ofSeconds(3))
                            .shutdownTimeout(Duration.ZERO)
                            .build()));
            RedisCache<Integer, Integer> cache = cache(PotteryFactory.create(connections), key, NEAR.withoutTimeout());
            cache.put(1, 5);
            awaitNear(cache, 1);
            server.kill();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cache.get(1, () -> 6)).isEqualTo(6));
            for (int i = 0; i < 50; i++) {
                assertThat(cache.get(1, () -> 7)).isEqualTo(7);
            }
            server.restartEmpty();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> cache.put(1, 8));
            awaitNear(cache, 1);
            assertThat(cache.getIfPresent(1)).isEqualTo(8);
            cache(PotteryFactory.create(connections), key, NEAR).evict(1);
            await().untilAsserted(() -> assertThat(cache.getIfPresent(1)).isNull());
            connections.destroy();
        }
    }

    @Test
    void copiesAreNotUsedIfItMayNotListenAnyMore() {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            RedisCache<Integer, Integer> cache = cache(PotteryFactory.create(connections), key, NEAR);
            cache.put(1, 0);
            for (int i = 1; i < 4; i++) {
                awaitNear(cache, 1);
                server.execute("ACL", "SETUSER", "default", "resetchannels");
                server.execute("CLIENT", "KILL", "TYPE", "pubsub");
                int value = 2 * i;
                changeSilently(server, key, value - 1);
                await().untilAsserted(() -> assertThat(cache.getIfPresent(1)).isEqualTo(value - 1));
                for (int j = 0; j < 100; j++) {
                    cache.getIfPresent(1);
                }
                changeSilently(server, key, value);
                assertThat(cache.getIfPresent(1)).isEqualTo(value);
                server.execute("ACL", "SETUSER", "default", "allchannels");
            }
            connections.destroy();
        }
    }

    @Test
    void whoeverReadsAfterAChangeWasHeardOfReadsNothingOlder() {
        PotteryFactory other = process();
        RedisCache<Integer, Integer> near = cache(pottery, key, NEAR);
        RedisCache<Integer, Integer> writer = cache(other, key, CacheOptions.defaults());
        String marks = TestRedis.freshKey();
        RedisCache<Integer, Integer> mark = cache(pottery, marks, NEAR);
        RedisCache<Integer, Integer> marker = cache(other, marks, CacheOptions.defaults());
        awaitListening(near);
        int rounds = 100;
        AtomicInteger version = new AtomicInteger(1);
        AtomicInteger heard = new AtomicInteger();
        BiConsumer<Integer, Integer> change = (how, next) -> {
            if (how == 0) {
                writer.clear();
            } else if (how == 1) {
                writer.put(1, next);
            } else {
                writer.evict(1);
            }
        };
        Threads.run(7, thread -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            if (thread == 0) {
                for (int i = 0; i < rounds; i++) {
                    marker.put(1, i);
                    awaitNear(mark, 1);
                    int next = version.incrementAndGet();
                    change.accept(random.nextInt(4), next);
                    marker.evict(1); // which is heard of after the other
                    while (mark.getIfPresent(1) != null) {
                        Thread.onSpinWait();
                    }
                    heard.set(next);
                }
                heard.set(Integer.MAX_VALUE);
            }
            for (int before = heard.get(); before < Integer.MAX_VALUE; before = heard.get()) {
                Integer found = random.nextInt(50) == 0
                        ? near.refresh(1, version::get)
                        : thread == 1 ? writer.get(1, version::get) : near.get(1, version::get);
                assertThat(found).isGreaterThanOrEqualTo(before);
            }
        });
        assertThat(near.info().nearHits()).isPositive();
    }

    /** A key that somebody may change. */
    record Query(List<String> words) {}

    @Test
    void aKeyThatWasChangedIsAnotherKey() {
        RedisCache<Object, String> cache = pottery.cache(key, Object.class, pottery.json(String.class), NEAR);
        List<String> words = new ArrayList<>(List.of("a"));
        for (Object changing : List.of(words, new Query(words), Arguments.of(1, words))) {
            words.clear();
            words.add("a");
            await().until(() -> {
                long before = cache.info().nearHits();
                assertThat(cache.get(changing, () -> "a")).isEqualTo("a");
                return cache.info().nearHits() > before;
            });
            words.add("b");
            assertThat(cache.get(changing, () -> "a, b")).isEqualTo("a, b");
            assertThat(cache.get(changing, () -> "no")).isEqualTo("a, b");
            words.remove("b");
            assertThat(cache.get(changing, () -> "no")).isEqualTo("a");
        }
    }

    @Test
    void jedisIsRefused() {
        JedisConnectionFactory jedis = new JedisConnectionFactory(new RedisStandaloneConfiguration(
                redis.server().host(), redis.server().port()));
        PotteryFactory factory = PotteryFactory.create(jedis);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> cache(factory, key, NEAR))
                .withMessageContaining("Near caches need Lettuce")
                .withMessageContaining("JedisConnectionFactory");
    }

    @Test
    void withoutCaffeineOnlyNearCachesAreRefused() throws Exception {
        URL[] others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("caffeine"))
                .map(NearCacheTest::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Class<?> application = loader.loadClass(WithoutCaffeine.class.getName());
            Method use = application.getDeclaredMethod("use", int.class, String.class);
            use.setAccessible(true);
            assertThat(use.invoke(null, redis.server().port(), key))
                    .asString()
                    .contains(key)
                    .contains("Caffeine is missing: add com.github.ben-manes.caffeine:caffeine");
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** An application whose class path lacks Caffeine. */
    static final class WithoutCaffeine {

        private WithoutCaffeine() {}

        /** Uses a cache that is not near, and returns why there can be no other. */
        static String use(int port, String key) {
            LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
            connections.afterPropertiesSet();
            connections.start();
            try {
                PotteryFactory pottery = PotteryFactory.create(connections);
                RedisCache<Integer, Integer> cache = pottery.cache(key, Integer.class, Integer.class);
                if (!Objects.equals(cache.get(1, () -> 5), cache.get(1, () -> 6))) {
                    return "it does not work";
                }
                pottery.cache(
                        key,
                        Integer.class,
                        pottery.json(Integer.class),
                        CacheOptions.defaults().withNear(1));
                return "it is not refused";
            } catch (PotteryException e) {
                return String.valueOf(e.getMessage());
            } finally {
                connections.destroy();
            }
        }
    }

    /** What another process would have. */
    private static PotteryFactory process() {
        return PotteryFactory.create(redis.connections());
    }

    private static RedisCache<Integer, Integer> cache(PotteryFactory pottery, String key, CacheOptions options) {
        return pottery.cache(key, Integer.class, pottery.json(Integer.class), options);
    }

    /** Waits until {@code entry}, which is there, is near. */
    private static void awaitNear(RedisCache<Integer, Integer> cache, int entry) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            long before = cache.info().nearHits();
            cache.getIfPresent(entry);
            return cache.info().nearHits() > before;
        });
    }

    private static void awaitListening(RedisCache<Integer, Integer> cache) {
        cache.put(-1, -1);
        awaitNear(cache, -1);
    }

    /** Replaces all values as no cache would: without telling. */
    private static void changeSilently(RedisServer server, String key, int value) {
        for (Object field : (List<?>) server.execute("HKEYS", key)) {
            server.execute("HSET", key, (String) field, Integer.toString(value));
        }
    }
}
