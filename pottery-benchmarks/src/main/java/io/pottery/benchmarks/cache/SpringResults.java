package io.pottery.benchmarks.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import java.time.Duration;
import java.util.function.IntFunction;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import org.springframework.data.redis.serializer.RedisSerializer;

/** What {@code @Cacheable} does on Redis, with the fastest serializer that there is. */
final class SpringResults implements Results {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final LettuceConnectionFactory connections;
    private final Cache cache;

    SpringResults(String uri, String name, Kind kind) {
        this.connections = Clients.spring(uri);
        this.cache = requireNonNull(RedisCacheManager.builder(connections)
                .cacheDefaults(configuration(kind))
                .build()
                .getCache(name));
    }

    private static RedisCacheConfiguration configuration(Kind kind) {
        RedisCacheConfiguration plain = RedisCacheConfiguration.defaultCacheConfig()
                .serializeValuesWith(SerializationPair.fromSerializer(RedisSerializer.string()));
        return switch (kind) {
            case PLAIN, NEAR -> plain;
            case SLIDING -> plain.entryTtl(TTL).enableTimeToIdle();
            case ENDING -> plain.entryTtl(TTL);
        };
    }

    @Override
    public String get(int number, IntFunction<String> loader) {
        Cache.ValueWrapper value = cache.get(number);
        if (value != null) {
            return (String) requireNonNull(value.get());
        }
        String computed = loader.apply(number);
        cache.put(number, computed);
        return computed;
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
