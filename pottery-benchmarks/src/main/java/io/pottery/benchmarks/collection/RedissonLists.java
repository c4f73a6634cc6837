package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import java.util.Iterator;
import java.util.List;
import org.redisson.api.RList;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's list, of strings. Its iterator asks for each element. */
final class RedissonLists implements Lists {

    private final RedissonClient redisson;
    private final RList<String> list;

    RedissonLists(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.list = redisson.getList(name, StringCodec.INSTANCE);
    }

    @Override
    public void add(String element) {
        list.add(element);
    }

    @Override
    public String get(int index) {
        return list.get(index);
    }

    @Override
    public void addAll(List<String> elements) {
        list.addAll(elements);
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
        list.delete();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
