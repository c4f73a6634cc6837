package io.pottery.benchmarks.sketch;

import io.pottery.benchmarks.Clients;
import java.util.List;
import org.redisson.api.RHyperLogLog;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's HyperLogLog, of strings. */
final class RedissonHyperLogLogs implements HyperLogLogs {

    private final RedissonClient redisson;
    private final RHyperLogLog<String> hyperLogLog;

    RedissonHyperLogLogs(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.hyperLogLog = redisson.getHyperLogLog(name, StringCodec.INSTANCE);
    }

    @Override
    public boolean add(String element) {
        return hyperLogLog.add(element);
    }

    @Override
    public boolean addAll(List<String> elements) {
        return hyperLogLog.addAll(elements);
    }

    @Override
    public long count() {
        return hyperLogLog.count();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
