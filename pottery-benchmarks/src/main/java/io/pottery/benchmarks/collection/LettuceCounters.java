package io.pottery.benchmarks.collection;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;

/** HINCRBY, and many of them in one pipeline. */
final class LettuceCounters implements Counters {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Pipeline pipeline;
    private final String name;

    LettuceCounters(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.pipeline = new Pipeline(client.connect());
        this.name = name;
    }

    @Override
    public long increment(String element) {
        return redis.hincrby(name, element, 1);
    }

    @Override
    public void addAll(List<String> elements) {
        pipeline.each(elements, (redis, element) -> redis.hincrby(name, element, 1));
    }

    @Override
    public List<Map.Entry<String, Long>> mostCommon(int n) {
        return Counters.greatestOf(n, redis.hgetall(name));
    }

    @Override
    public void clear() {
        redis.unlink(name);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
