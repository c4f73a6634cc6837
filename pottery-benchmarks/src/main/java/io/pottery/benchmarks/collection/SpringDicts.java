package io.pottery.benchmarks.collection;

import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.BoundHashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisMap;

/**
 * Spring Data Redis's map, and its operations on a hash where they are faster. Its {@code put} is a HGET and a HSET,
 * its {@code merge} a transaction on a connection of its own, and its iterator reads all entries first.
 */
final class SpringDicts implements Dicts {

    private final LettuceConnectionFactory connections;
    private final BoundHashOperations<String, String, String> hash;
    private final DefaultRedisMap<String, String> map;

    SpringDicts(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.hash = new StringRedisTemplate(connections).boundHashOps(name);
        this.map = new DefaultRedisMap<>(hash);
    }

    @Override
    public @Nullable String get(String key) {
        return hash.get(key);
    }

    @Override
    public void set(String key, String value) {
        hash.put(key, value);
    }

    @Override
    public @Nullable String put(String key, String value) {
        return map.put(key, value);
    }

    @Override
    public void putAll(Map<String, String> entries) {
        map.putAll(entries);
    }

    @Override
    public boolean hasAll(List<String> keys) {
        return requireNonNull(hash.multiGet(keys)).stream().allMatch(Objects::nonNull);
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return map.entrySet().iterator();
    }

    @Override
    public Map<String, String> all() {
        return hash.entries();
    }

    @Override
    public @Nullable String mergeOne(String key) {
        return map.merge(key, "1", Dicts::sum);
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
