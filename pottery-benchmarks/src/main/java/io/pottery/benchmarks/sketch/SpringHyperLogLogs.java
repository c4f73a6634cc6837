package io.pottery.benchmarks.sketch;

import io.pottery.benchmarks.Clients;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.HyperLogLogOperations;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Spring Data Redis's operations on a HyperLogLog. */
final class SpringHyperLogLogs implements HyperLogLogs {

    private final LettuceConnectionFactory connections;
    private final HyperLogLogOperations<String, String> redis;
    private final String name;

    SpringHyperLogLogs(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.redis = new StringRedisTemplate(connections).opsForHyperLogLog();
        this.name = name;
    }

    @Override
    public boolean add(String element) {
        return redis.add(name, element) > 0;
    }

    @Override
    public boolean addAll(List<String> elements) {
        return redis.add(name, elements.toArray(String[]::new)) > 0;
    }

    @Override
    public long count() {
        return redis.size(name);
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
