package io.pottery.benchmarks.collection;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.collection.RedisCounter;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's counter. */
final class PotteryCounters implements Counters {

    private final LettuceConnectionFactory connections;
    private final RedisCounter<String> counter;

    PotteryCounters(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.counter = PotteryFactory.create(connections).counter(name, String.class);
    }

    @Override
    public long increment(String element) {
        return counter.increment(element);
    }

    @Override
    public void addAll(List<String> elements) {
        counter.addAll(elements);
    }

    @Override
    public List<Map.Entry<String, Long>> mostCommon(int n) {
        return counter.mostCommon(n);
    }

    @Override
    public void clear() {
        counter.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
