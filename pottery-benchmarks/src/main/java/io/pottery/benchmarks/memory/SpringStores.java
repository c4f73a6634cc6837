package io.pottery.benchmarks.memory;

import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import io.pottery.benchmarks.Library;
import java.util.List;
import java.util.Map;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisMap;

/** What Spring Data Redis stores with the template that Spring Boot provides for strings, and in its cache. */
final class SpringStores implements Stores {

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate redis;

    SpringStores(String uri) {
        this.connections = Clients.spring(uri);
        this.redis = new StringRedisTemplate(connections);
    }

    @Override
    public void dict(Map<String, String> entries) {
        redis.opsForHash().putAll(NAME, entries);
    }

    @Override
    public void set(List<String> elements) {
        redis.opsForSet().add(NAME, elements.toArray(String[]::new));
    }

    @Override
    public void list(List<String> elements) {
        redis.opsForList().rightPushAll(NAME, elements);
    }

    @Override
    public void counter(List<String> elements) {
        DefaultRedisMap<String, String> counts = new DefaultRedisMap<>(NAME, redis);
        elements.forEach(element -> counts.increment(element, 1L));
    }

    @Override
    public void cache(Map<String, String> results) {
        Cache cache = requireNonNull(RedisCacheManager.builder(connections)
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(TTL))
                .build()
                .getCache(NAME));
        results.forEach(cache::put);
    }

    @Override
    public void bloomFilter(List<String> elements) {
        throw Library.SPRING.hasNone();
    }

    @Override
    public void hyperLogLog(List<String> elements) {
        redis.opsForHyperLogLog().add(NAME, elements.toArray(String[]::new));
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
