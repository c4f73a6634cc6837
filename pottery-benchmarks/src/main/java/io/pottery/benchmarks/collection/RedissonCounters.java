package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import java.util.List;
import java.util.Map;
import org.redisson.api.RBatch;
import org.redisson.api.RMap;
import org.redisson.api.RMapAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;

/** Redisson's map of numbers, which counts many elements in a batch. */
final class RedissonCounters implements Counters {

    private static final Codec COUNTS = new CompositeCodec(StringCodec.INSTANCE, LongCodec.INSTANCE);

    private final RedissonClient redisson;
    private final RMap<String, Long> map;

    RedissonCounters(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.map = redisson.getMap(name, COUNTS);
    }

    @Override
    public long increment(String element) {
        return map.addAndGet(element, 1L);
    }

    @Override
    public void addAll(List<String> elements) {
        RBatch batch = redisson.createBatch();
        RMapAsync<String, Long> counts = batch.getMap(map.getName(), COUNTS);
        elements.forEach(element -> counts.addAndGetAsync(element, 1L));
        batch.execute();
    }

    @Override
    public List<Map.Entry<String, Long>> mostCommon(int n) {
        return Counters.greatest(n, map.readAllMap());
    }

    @Override
    public void clear() {
        map.delete();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
