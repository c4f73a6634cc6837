package io.pottery.benchmarks.collection;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.collection.RedisSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's set. */
final class PotterySets implements Sets {

    private final LettuceConnectionFactory connections;
    private final RedisSet<String> set;

    PotterySets(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.set = PotteryFactory.create(connections).set(name, String.class);
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
        return Collections.frequency(set.containsMany(candidates), true);
    }

    @Override
    public void addAll(List<String> elements) {
        set.addAll(elements);
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
