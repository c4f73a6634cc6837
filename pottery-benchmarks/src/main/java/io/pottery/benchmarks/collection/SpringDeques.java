package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisList;

/**
 * Spring Data Redis's list, which is a deque. One with a greatest size always drops its last elements, so the latest
 * are added at its front; that is a LPUSH, then a LTRIM.
 */
final class SpringDeques implements Deques {

    private final LettuceConnectionFactory connections;
    private final DefaultRedisList<String> deque;
    private final DefaultRedisList<String> latest;

    SpringDeques(String uri, String name, String latest) {
        this.connections = Clients.spring(uri);
        StringRedisTemplate redis = new StringRedisTemplate(connections);
        this.deque = new DefaultRedisList<>(name, redis);
        this.latest = new DefaultRedisList<>(latest, redis, MAX_LENGTH);
    }

    @Override
    public void addLast(String element) {
        deque.addLast(element);
    }

    @Override
    public @Nullable String pollFirst() {
        return deque.pollFirst();
    }

    @Override
    public void keep(String element) {
        latest.addFirst(element);
    }

    @Override
    public int kept() {
        return latest.size();
    }

    @Override
    public void clear() {
        deque.clear();
        latest.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
