package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.collection.RedisDict;
import io.pottery.error.PotteryException;
import io.pottery.lock.Redlock;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisSentinels;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A master and its replica, watched by sentinels. */
class SentinelTest {

    @Test
    void dictsCachesLocksAndQueuesFollowTheMaster() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            RedisSentinelConfiguration redis = new RedisSentinelConfiguration().master(sentinels.masterName());
            sentinels.sentinels().forEach(sentinel -> redis.sentinel(sentinel.host(), sentinel.port()));
            LettuceConnectionFactory connections = TestRedis.started(new LettuceConnectionFactory(
                    redis,
                    LettuceClientConfiguration.builder()
                            .commandTimeout(Duration.ofMillis(500))
                            .shutdownTimeout(Duration.ZERO)
                            .build()));
            try {
                PotteryFactory pottery = PotteryFactory.create(connections);
                Redlock lock = pottery.redlock(TestRedis.freshKey());
                lock.acquire().close();
                RedisDict<String, Integer> dict = pottery.dict(TestRedis.freshKey(), String.class, Integer.class);
                dict.populate(Map.of("a", 1));
                RedisCache<Integer, Integer> cache = pottery.cache(
                        TestRedis.freshKey(),
                        Integer.class,
                        pottery.json(Integer.class),
                        CacheOptions.defaults().withNear(10));
                assertThat(cache.get(1, () -> 1)).isEqualTo(1);
                RedisSimpleQueue<Integer> queue = pottery.queue(TestRedis.freshKey(), Integer.class);
                FutureTask<Integer> taker = new FutureTask<>(queue::take);
                new Thread(taker).start();
                await().until(() ->
                        sentinels.replica().execute("EXISTS", queue.key()).equals(1L));
                await().until(() ->
                        sentinels.replica().execute("EXISTS", dict.key()).equals(1L));

                sentinels.failOver();

                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsMatching(PotteryException.class::isInstance)
                        .untilAsserted(
                                () -> assertThat(dict.merge("a", 1, Math::max)).isEqualTo(1));
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsMatching(PotteryException.class::isInstance)
                        .until(() -> queue.offer(1));
                assertThat(taker.get(60, TimeUnit.SECONDS)).isEqualTo(1);
                queue.put(2);
                assertThat(queue.poll(60, TimeUnit.SECONDS)).isEqualTo(2);
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsMatching(PotteryException.class::isInstance)
                        .until(() -> lock.tryAcquire().isPresent());
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                    long nearHits = cache.info().nearHits();
                    cache.get(1, () -> 1);
                    return cache.info().nearHits() > nearHits;
                });
                pottery.cache(cache.key(), Integer.class, Integer.class).evict(1);
                await().until(() -> cache.getIfPresent(1) == null);
                dict.put("b", 2);
                assertThat(dict).isEqualTo(Map.of("a", 1, "b", 2));
            } finally {
                connections.destroy();
            }
        }
    }
}
