package io.pottery.benchmarks.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.BoundHashOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisMap;

/** Spring Data Redis's map, which counts; many elements are counted in a pipeline of its template. */
final class SpringCounters implements Counters {

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate redis;
    private final BoundHashOperations<String, String, String> hash;
    private final DefaultRedisMap<String, String> map;

    SpringCounters(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.redis = new StringRedisTemplate(connections);
        this.hash = redis.boundHashOps(name);
        this.map = new DefaultRedisMap<>(hash);
    }

    @Override
    public long increment(String element) {
        return requireNonNull(map.increment(element, 1L));
    }

    @Override
    public void addAll(List<String> elements) {
        byte[] key = map.getKey().getBytes(UTF_8);
        redis.executePipelined((RedisCallback<@Nullable Object>) connection -> {
            elements.forEach(element -> connection.hashCommands().hIncrBy(key, element.getBytes(UTF_8), 1));
            return null;
        });
    }

    @Override
    public List<Map.Entry<String, Long>> mostCommon(int n) {
        return Counters.greatestOf(n, hash.entries());
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
