package io.pottery.benchmarks.memory;

import io.pottery.benchmarks.Clients;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RBatch;
import org.redisson.api.RBloomFilter;
import org.redisson.api.RMapAsync;
import org.redisson.api.RedissonClient;

/** What Redisson stores. */
final class RedissonStores implements Stores {

    private static final int BULK = 1_000;

    private final RedissonClient redisson;

    RedissonStores(String uri) {
        this.redisson = Clients.redisson(uri);
    }

    @Override
    public void dict(Map<String, String> entries) {
        redisson.<String, String>getMap(NAME).putAll(entries);
    }

    @Override
    public void set(List<String> elements) {
        redisson.<String>getSet(NAME).addAll(elements);
    }

    @Override
    public void list(List<String> elements) {
        redisson.<String>getList(NAME).addAll(elements);
    }

    @Override
    public void counter(List<String> elements) {
        RBatch batch = redisson.createBatch();
        RMapAsync<String, Long> counts = batch.getMap(NAME);
        elements.forEach(element -> counts.addAndGetAsync(element, 1L));
        batch.execute();
    }

    @Override
    public void cache(Map<String, String> results) {
        redisson.<String, String>getMapCache(NAME).putAll(results, TTL.toMinutes(), TimeUnit.MINUTES);
    }

    @Override
    public void bloomFilter(List<String> elements) {
        RBloomFilter<String> filter = redisson.getBloomFilter(NAME);
        filter.tryInit(elements.size(), FALSE_POSITIVES);
        for (int first = 0; first < elements.size(); first += BULK) { // all at once take more than its timeout
            filter.add(elements.subList(first, Math.min(elements.size(), first + BULK)));
        }
    }

    @Override
    public void hyperLogLog(List<String> elements) {
        redisson.<String>getHyperLogLog(NAME).addAll(elements);
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
