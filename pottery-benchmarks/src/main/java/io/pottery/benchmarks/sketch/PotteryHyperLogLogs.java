package io.pottery.benchmarks.sketch;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.sketch.HyperLogLog;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's HyperLogLog. */
final class PotteryHyperLogLogs implements HyperLogLogs {

    private final LettuceConnectionFactory connections;
    private final HyperLogLog<String> hyperLogLog;

    PotteryHyperLogLogs(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.hyperLogLog = PotteryFactory.create(connections).hyperLogLog(name, String.class);
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
        connections.destroy();
    }
}
