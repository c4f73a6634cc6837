package io.pottery.benchmarks.collection;

import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.BoundSetOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisSet;

/**
 * Spring Data Redis's set. It adds many elements one by one, and so its operations on a set do that here. Its iterator
 * reads all elements first.
 */
final class SpringSets implements Sets {

    private final LettuceConnectionFactory connections;
    private final BoundSetOperations<String, String> members;
    private final DefaultRedisSet<String> set;

    SpringSets(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.members = new StringRedisTemplate(connections).boundSetOps(name);
        this.set = new DefaultRedisSet<>(members);
    }

    @Override
    public boolean add(String element) {
        return set.add(element);
    }

    @Override
    public boolean contains(String candidate) {
        return set.contains(candidate);
    }

    @Override
    public long count(List<String> candidates) {
        return Collections.frequency(
                requireNonNull(members.isMember(candidates.toArray())).values(), true);
    }

    @Override
    public void addAll(List<String> elements) {
        members.add(elements.toArray(String[]::new));
    }

    @Override
    public Iterator<String> iterator() {
        return set.iterator();
    }

    @Override
    public void clear() {
        set.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
