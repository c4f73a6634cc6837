package io.pottery.benchmarks.collection;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The commands of a set; what goes over all asks for a thousand elements at once. */
final class LettuceSets implements Sets {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Pipeline pipeline;
    private final String name;

    LettuceSets(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.pipeline = new Pipeline(client.connect());
        this.name = name;
    }

    @Override
    public boolean add(String element) {
        return redis.sadd(name, element) > 0;
    }

    @Override
    public boolean contains(String candidate) {
        return redis.sismember(name, candidate);
    }

    @Override
    public long count(List<String> candidates) {
        return Collections.frequency(redis.smismember(name, candidates.toArray(String[]::new)), true);
    }

    @Override
    public void addAll(List<String> elements) {
        redis.sadd(name, elements.toArray(String[]::new));
    }

    @Override
    public void addEach(List<String> elements) {
        pipeline.each(elements, (redis, element) -> redis.sadd(name, element));
    }

    @Override
    public Iterator<String> iterator() {
        return ScanIterator.sscan(redis, name, ScanArgs.Builder.limit(Samples.SOME));
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
