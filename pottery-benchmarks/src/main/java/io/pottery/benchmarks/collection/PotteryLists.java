package io.pottery.benchmarks.collection;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.collection.RedisList;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's list. */
final class PotteryLists implements Lists {

    private final LettuceConnectionFactory connections;
    private final RedisList<String> list;

    PotteryLists(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.list = PotteryFactory.create(connections).list(name, String.class);
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
        list.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
