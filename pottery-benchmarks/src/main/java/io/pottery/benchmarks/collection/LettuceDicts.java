package io.pottery.benchmarks.collection;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import io.pottery.benchmarks.Library;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of a hash; what goes over all asks for a thousand entries at once. */
final class LettuceDicts implements Dicts {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Pipeline pipeline;
    private final String name;

    LettuceDicts(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.pipeline = new Pipeline(client.connect());
        this.name = name;
    }

    @Override
    public @Nullable String get(String key) {
        return redis.hget(name, key);
    }

    @Override
    public void set(String key, String value) {
        redis.hset(name, key, value);
    }

    @Override
    public String put(String key, String value) {
        throw Library.LETTUCE.hasNone();
    }

    @Override
    public void putAll(Map<String, String> entries) {
        redis.hset(name, entries);
    }

    @Override
    public void putEach(Map<String, String> entries) {
        pipeline.each(entries.entrySet(), (redis, entry) -> redis.hset(name, entry.getKey(), entry.getValue()));
    }

    @Override
    public boolean hasAll(List<String> keys) {
        return redis.hmget(name, keys.toArray(String[]::new)).stream().allMatch(value -> value.hasValue());
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        ScanIterator<KeyValue<String, String>> all =
                ScanIterator.hscan(redis, name, ScanArgs.Builder.limit(Samples.SOME));
        return all.stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .iterator();
    }

    @Override
    public Map<String, String> all() {
        return redis.hgetall(name);
    }

    @Override
    public String mergeOne(String key) {
        throw Library.LETTUCE.hasNone();
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
