package io.pottery.benchmarks.memory;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What Pottery stores. */
final class PotteryStores implements Stores {

    private final LettuceConnectionFactory connections;
    private final PotteryFactory pottery;

    PotteryStores(String uri) {
        this.connections = Clients.spring(uri);
        this.pottery = PotteryFactory.create(connections);
    }

    @Override
    public void dict(Map<String, String> entries) {
        pottery.dict(NAME, String.class, String.class).putAll(entries);
    }

    @Override
    public void set(List<String> elements) {
        pottery.set(NAME, String.class).addAll(elements);
    }

    @Override
    public void list(List<String> elements) {
        pottery.list(NAME, String.class).addAll(elements);
    }

    @Override
    public void counter(List<String> elements) {
        pottery.counter(NAME, String.class).addAll(elements);
    }

    @Override
    public void cache(Map<String, String> results) {
        RedisCache<String, String> cache =
                pottery.cache(NAME, String.class, pottery.json(String.class), CacheOptions.ofTtl(TTL));
        results.forEach(cache::put);
    }

    @Override
    public void bloomFilter(List<String> elements) {
        pottery.bloomFilter(NAME, String.class, elements.size(), FALSE_POSITIVES)
                .addAll(elements);
    }

    @Override
    public void hyperLogLog(List<String> elements) {
        pottery.hyperLogLog(NAME, String.class).addAll(elements);
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
