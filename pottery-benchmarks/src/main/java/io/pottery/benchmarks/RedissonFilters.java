package io.pottery.benchmarks;

import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RBloomFilter;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson's Bloom filter, with the codec that it has by default. */
final class RedissonFilters implements Filters {

    private final RedissonClient redisson;
    private final RBloomFilter<String> filter;

    RedissonFilters(String uri, String name, int elements, double falsePositives) {
        Config config = new Config();
        config.useSingleServer().setAddress(uri);
        this.redisson = Redisson.create(config);
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
        redisson.shutdown();
    }
}
