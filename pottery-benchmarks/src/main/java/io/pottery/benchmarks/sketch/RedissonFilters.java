package io.pottery.benchmarks.sketch;

import io.pottery.benchmarks.Clients;
import java.util.List;
import org.redisson.api.RBloomFilter;
import org.redisson.api.RedissonClient;

/** Redisson's Bloom filter, with the codec that it has by default. */
final class RedissonFilters implements Filters {

    private final RedissonClient redisson;
    private final RBloomFilter<String> filter;

    RedissonFilters(String uri, String name, int elements, double falsePositives) {
        this.redisson = Clients.redisson(uri);
        this.filter = redisson.getBloomFilter(name);
        filter.tryInit(elements, falsePositives);
    }

    @Override
    public boolean add(String element) {
        return filter.add(element);
    }

    @Override
    public boolean addAll(List<String> elements) {
        return filter.add(elements) > 0;
    }

    @Override
    public boolean contains(String candidate) {
        return filter.contains(candidate);
    }

    @Override
    public long count(List<String> candidates) {
        return filter.contains(candidates);
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
