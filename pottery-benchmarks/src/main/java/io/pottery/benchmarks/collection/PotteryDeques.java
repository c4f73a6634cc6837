package io.pottery.benchmarks.collection;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.collection.RedisDeque;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's deque. */
final class PotteryDeques implements Deques {

    private final LettuceConnectionFactory connections;
    private final RedisDeque<String> deque;
    private final RedisDeque<String> latest;

    PotteryDeques(String uri, String name, String latest) {
        this.connections = Clients.spring(uri);
        PotteryFactory pottery = PotteryFactory.create(connections);
        this.deque = pottery.deque(name, String.class);
        this.latest = pottery.deque(latest, String.class, MAX_LENGTH);
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
        latest.addLast(element);
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
