package io.pottery.benchmarks.sketch;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/** PFADD and PFCOUNT. */
final class LettuceHyperLogLogs implements HyperLogLogs {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final String name;

    LettuceHyperLogLogs(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.name = name;
    }

    @Override
    public boolean add(String element) {
        return redis.pfadd(name, element) > 0;
    }

    @Override
    public boolean addAll(List<String> elements) {
        return redis.pfadd(name, elements.toArray(String[]::new)) > 0;
    }

    @Override
    public long count() {
        return redis.pfcount(name);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
