package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's map, of strings. It merges under a lock of the key. */
final class RedissonDicts implements Dicts {

    private final RedissonClient redisson;
    private final RMap<String, String> map;

    RedissonDicts(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.map = redisson.getMap(name, StringCodec.INSTANCE);
    }

    @Override
    public @Nullable String get(String key) {
        return map.get(key);
    }

    @Override
    public void set(String key, String value) {
        map.fastPut(key, value);
    }

    @Override
    public @Nullable String put(String key, String value) {
        return map.put(key, value);
    }

    @Override
    public void putAll(Map<String, String> entries) {
        map.putAll(entries);
    }

    @Override
    public boolean hasAll(List<String> keys) {
        return map.getAll(Set.copyOf(keys)).size() == keys.size();
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return map.entrySet().iterator();
    }

    @Override
    public Map<String, String> all() {
        return map.readAllMap();
    }

    @Override
    public @Nullable String mergeOne(String key) {
        return map.merge(key, "1", Dicts::sum);
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
