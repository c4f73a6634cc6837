package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import java.util.Iterator;
import java.util.List;
import org.redisson.api.RSet;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's set, of strings. */
final class RedissonSets implements Sets {

    private final RedissonClient redisson;
    private final RSet<String> set;

    RedissonSets(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.set = redisson.getSet(name, StringCodec.INSTANCE);
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
        return set.containsEach(candidates).size();
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
        set.delete();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
