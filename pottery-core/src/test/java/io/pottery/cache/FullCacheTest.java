package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Caches in a Redis that has no memory left. */
class FullCacheTest {

    private static RedisServer server;
    private static LettuceConnectionFactory connections;

    private final PotteryFactory pottery = PotteryFactory.create(connections);

    @BeforeAll
    static void start() {
        server = RedisServer.with("maxmemory-policy", "noeviction").start();
        connections = TestRedis.connect(server);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void entriesAreReadAndNoneIsAdded() {
        CacheOptions sliding = CacheOptions.defaults().withTimeout(Duration.ofHours(1));
        for (CacheOptions options : List.of(
                sliding, sliding.withoutTimeout(), CacheOptions.ofTtl(Duration.ofHours(1)), sliding.withSync())) {
            RedisCache<Integer, Integer> cache =
                    pottery.cache(TestRedis.freshKey(), Integer.class, pottery.json(Integer.class), options);
            cache.put(1, 5);
            server.execute("CONFIG", "SET", "maxmemory", "1");
            assertThat(cache.get(1, () -> 6)).isEqualTo(5);
            assertThat(cache.get(2, () -> 6)).isEqualTo(6);
            assertThat(cache.getIfPresent(2)).isNull();
            CacheInfo info = cache.info();
            assertThat(info.hits()).isEqualTo(1);
            assertThat(info.failures()).isEqualTo(1);
            assertThat(info.size()).isEqualTo(1);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> cache.put(2, 6))
                    .withMessageContaining("out of memory");
            assertThat(server.execute("EXISTS", "{" + cache.key() + "}:loads")).isEqualTo(0L);
            cache.evict(1);
            assertThat(cache.getIfPresent(1)).isNull();
            server.execute("CONFIG", "SET", "maxmemory", "0");
            assertThat(cache.get(2, () -> 7)).isEqualTo(7);
            assertThat(cache.getIfPresent(2)).isEqualTo(7);
        }
    }
}
