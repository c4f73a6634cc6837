package io.pottery.benchmarks.collection;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The commands of a list; what goes over all asks for a thousand elements at once. */
final class LettuceLists implements Lists {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Pipeline pipeline;
    private final String name;

    LettuceLists(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.pipeline = new Pipeline(client.connect());
        this.name = name;
    }

    @Override
    public void add(String element) {
        redis.rpush(name, element);
    }

    @Override
    public String get(int index) {
        return redis.lindex(name, index);
    }

    @Override
    public void addAll(List<String> elements) {
        redis.rpush(name, elements.toArray(String[]::new));
    }

    @Override
    public void addEach(List<String> elements) {
        pipeline.each(elements, (redis, element) -> redis.rpush(name, element));
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.iterate(0, first -> first + Samples.SOME)
                .map(first -> redis.lrange(name, first, first + Samples.SOME - 1))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream)
                .iterator();
    }

    @Override
    public int size() {
        return Math.toIntExact(redis.llen(name));
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
