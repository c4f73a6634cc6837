package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.cache.CacheFigures;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.CachedFunction;
import io.pottery.cache.RedisCache;
import io.pottery.error.PotteryException;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The figures of caches and queues, for metrics. */
class FigureListenerTest {

    private final Told told = new Told();
    private final PotteryFactory pottery =
            PotteryFactory.builder(TestRedis.connections()).figures(told).build();
    private final String name = TestRedis.freshKey();

    @Test
    void allHandlesOfACacheAreCountedTogetherAndNeverFromTheBeginningAgain() {
        CachedFunction<Integer, Integer> first = cached();
        CachedFunction<Integer, Integer> second = cached();
        first.apply(1);
        second.apply(1);
        second.apply(1);
        second.apply(2);
        assertThat(told.caches.get(name).get()).isEqualTo(new CacheFigures(2, 0, 2, 0, 0));
        first.cacheClear();
        second.cacheClear();
        assertThat(first.cacheInfo().misses()).isZero();
        assertThat(told.caches.get(name).get()).isEqualTo(new CacheFigures(2, 0, 2, 0, 0));
        assertThat(pottery.caches()).isEqualTo(Map.of(name, new CacheFigures(2, 0, 2, 0, 0)));
    }

    private CachedFunction<Integer, Integer> cached() {
        return pottery.cached(name, Integer.class, Integer.class, number -> number * number);
    }

    @Test
    void whatElseACacheCountsIsTold() {
        RedisCache<Integer, Integer> near = pottery.cache(
                name,
                Integer.class,
                pottery.json(Integer.class),
                CacheOptions.defaults().withNear(10));
        near.get(1, () -> 1);
        near.get(1, () -> 1);
        TestRedis.server().execute("HSET", name, "{\"args\": [2], \"types\": []}", "x");
        assertThat(told.caches.get(name).get().hits()).isEqualTo(1);
        assertThat(told.caches.get(name).get().misses()).isEqualTo(1);
    }

    @Test
    void aLabelCountsForAllCachesThatHaveIt() {
        for (int i = 0; i < 3; i++) {
            pottery.cache(
                            name + i,
                            Integer.class,
                            pottery.json(Integer.class),
                            CacheOptions.defaults().withLabel("carts"))
                    .get(1, () -> 1);
        }
        assertThat(told.caches).containsOnlyKeys("carts");
        assertThat(told.caches.get("carts").get().misses()).isEqualTo(3);
    }

    @Test
    void namesWithoutEndFillNoMemory() {
        for (int i = 0; i < 150; i++) {
            pottery.cache(name + i, Integer.class, Integer.class).get(1, () -> 1);
        }
        assertThat(told.caches).hasSize(101).containsKey("others");
        assertThat(told.caches.get("others").get().misses()).isEqualTo(50);
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        PotteryFactory watched = PotteryFactory.builder(TestRedis.connections())
                .figures(new FigureListener() {
                    @Override
                    public void cache(String label, Supplier<CacheFigures> figures) {
                        throw new IllegalArgumentException(label);
                    }

                    @Override
                    public void queue(String queue, Supplier<Long> size) {
                        throw new IllegalArgumentException(queue);
                    }
                })
                .build();
        assertThat(watched.cache(name, Integer.class, Integer.class).get(1, () -> 2))
                .isEqualTo(2);
        assertThat(watched.caches().get(name).misses()).isEqualTo(1);
        assertThat(watched.queue(name + "queue", Integer.class)).isEmpty();
    }

    @Test
    void queuesAreNotWaitedForOneAfterTheOther() {
        RedisServer server = RedisServer.start();
        LettuceConnectionFactory connections = TestRedis.connect(server);
        try {
            PotteryFactory watched =
                    PotteryFactory.builder(connections).figures(told).build();
            for (int i = 0; i < 100; i++) {
                watched.queue(name + i, Integer.class);
            }
            server.pause();
            ContextTimer timer = ContextTimer.started();
            assertThat(told.queues)
                    .hasSize(100)
                    .allSatisfy((queue, size) ->
                            assertThatExceptionOfType(PotteryException.class).isThrownBy(size::get));
            assertThat(timer.elapsed()).isLessThan(Duration.ofSeconds(10));
        } finally {
            server.resume();
            connections.destroy();
            server.close();
        }
    }

    @Test
    void theSizeOfAQueueIsAskedOfRedis() {
        RedisSimpleQueue<Integer> queue = pottery.queue(name, Integer.class);
        pottery.queue(name, Integer.class);
        assertThat(told.queues).containsOnlyKeys(name);
        awaitSize(0);
        queue.add(1);
        queue.add(2);
        awaitSize(2);
    }

    @Test
    void theSizeOfAQueueIsNotWaitedForForLong() {
        RedisServer server = RedisServer.start();
        LettuceConnectionFactory connections = TestRedis.connect(server);
        try {
            PotteryFactory.builder(connections).figures(told).build().queue(name, Integer.class);
            awaitSize(0);
            server.pause();
            ContextTimer timer = ContextTimer.started();
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> told.queues.get(name).get());
            assertThat(timer.elapsed()).isLessThan(Duration.ofSeconds(5));
        } finally {
            server.resume();
            connections.destroy();
            server.close();
        }
    }

    /** The machine may be busy for a quarter of a second. */
    private void awaitSize(long size) {
        await().ignoreExceptions().until(() -> told.queues.get(name).get() == size);
    }

    private static final class Told implements FigureListener {

        final Map<String, Supplier<CacheFigures>> caches = new TreeMap<>();
        final Map<String, Supplier<Long>> queues = new TreeMap<>();

        @Override
        public void cache(String label, Supplier<CacheFigures> figures) {
            assertThat(caches.put(label, figures)).isNull();
        }

        @Override
        public void queue(String queue, Supplier<Long> size) {
            assertThat(queues.put(queue, size)).isNull();
        }
    }
}
