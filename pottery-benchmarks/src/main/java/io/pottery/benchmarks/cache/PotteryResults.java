package io.pottery.benchmarks.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import java.time.Duration;
import java.util.function.IntFunction;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's cache. */
final class PotteryResults implements Results {

    private final LettuceConnectionFactory connections;
    private final RedisCache<Integer, String> cache;

    PotteryResults(String uri, String name, Kind kind) {
        this.connections = Clients.spring(uri);
        PotteryFactory pottery = PotteryFactory.create(connections);
        this.cache = pottery.cache(name, Integer.class, pottery.json(String.class), options(kind));
    }

    private static CacheOptions options(Kind kind) {
        CacheOptions plain = CacheOptions.defaults().withoutTimeout();
        return switch (kind) {
            case PLAIN -> plain;
            case SLIDING -> CacheOptions.defaults();
            case ENDING -> CacheOptions.ofTtl(Duration.ofMinutes(10));
            case NEAR -> plain.withNear(10_000);
        };
    }

    @Override
    public String get(int number, IntFunction<String> loader) {
        return requireNonNull(cache.get(number, () -> loader.apply(number)));
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
