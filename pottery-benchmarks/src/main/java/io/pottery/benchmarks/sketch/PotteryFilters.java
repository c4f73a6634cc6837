package io.pottery.benchmarks.sketch;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.sketch.BloomFilter;
import java.util.Collections;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's Bloom filter. */
final class PotteryFilters implements Filters {

    private final LettuceConnectionFactory connections;
    private final BloomFilter<String> filter;

    PotteryFilters(String uri, String name, int elements, double falsePositives) {
        this.connections = Clients.spring(uri);
        this.filter = PotteryFactory.create(connections).bloomFilter(name, String.class, elements, falsePositives);
    }

    @Override
    public boolean add(String element) {
        return filter.add(element);
    }

    @Override
    public boolean addAll(List<String> elements) {
        return filter.addAll(elements);
    }

    @Override
    public boolean contains(String candidate) {
        return filter.mightContain(candidate);
    }

    @Override
    public long count(List<String> candidates) {
        return Collections.frequency(filter.containsMany(candidates), true);
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
