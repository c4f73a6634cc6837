package io.pottery.benchmarks.collection;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.collection.RedisDict;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's dict. */
final class PotteryDicts implements Dicts {

    private final LettuceConnectionFactory connections;
    private final RedisDict<String, String> dict;

    PotteryDicts(String uri, String name, boolean batching) {
        this.connections = Clients.spring(uri);
        this.dict =
                PotteryFactory.builder(connections).batching(batching).build().dict(name, String.class, String.class);
    }

    @Override
    public @Nullable String get(String key) {
        return dict.get(key);
    }

    @Override
    public void set(String key, String value) {
        dict.set(key, value);
    }

    @Override
    public @Nullable String put(String key, String value) {
        return dict.put(key, value);
    }

    @Override
    public void putAll(Map<String, String> entries) {
        dict.putAll(entries);
    }

    @Override
    public boolean hasAll(List<String> keys) {
        return dict.keySet().containsAll(keys);
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return dict.entrySet().iterator();
    }

    @Override
    public Map<String, String> all() {
        return dict.toMap();
    }

    @Override
    public @Nullable String mergeOne(String key) {
        return dict.merge(key, "1", Dicts::sum);
    }

    @Override
    public void clear() {
        dict.clear();
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
