package io.pottery.benchmarks.collection;

import static java.util.Objects.requireNonNull;

import io.pottery.benchmarks.Clients;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.BoundListOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.support.collections.DefaultRedisList;

/**
 * Spring Data Redis's list. It adds many elements one by one, and asks for the size before it gets one, and so its
 * operations on a list do both here. Its iterator reads all elements first.
 */
final class SpringLists implements Lists {

    private final LettuceConnectionFactory connections;
    private final BoundListOperations<String, String> elements;
    private final DefaultRedisList<String> list;

    SpringLists(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.elements = new StringRedisTemplate(connections).boundListOps(name);
        this.list = new DefaultRedisList<>(elements);
    }

    @Override
    public void add(String element) {
        list.add(element);
    }

    @Override
    public String get(int index) {
        return requireNonNull(elements.index(index));
    }

    @Override
    public void addAll(List<String> added) {
        elements.rightPushAll(added.toArray(String[]::new));
    }

    @Override
    public Iterator<String> iterator() {
        return list.iterator();
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public void clear() {
        list.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
