package io.pottery.benchmarks.cache;

import io.pottery.benchmarks.Clients;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;

/** Redisson's maps: plain, with ends, or with copies in the process. */
final class RedissonResults implements Results {

    private static final long TTL_MINUTES = 10;

    private final RedissonClient redisson;
    private final RMap<String, String> map;
    private final Kind kind;

    RedissonResults(String uri, String name, Kind kind) {
        this.redisson = Clients.redisson(uri);
        this.kind = kind;
        this.map = switch (kind) {
            case PLAIN -> redisson.getMap(name, StringCodec.INSTANCE);
            case SLIDING, ENDING -> redisson.getMapCache(name, StringCodec.INSTANCE);
            case NEAR -> near(redisson, name);
        };
    }

    private static RLocalCachedMap<String, String> near(RedissonClient redisson, String name) {
        return redisson.getLocalCachedMap(LocalCachedMapOptions.<String, String>name(name)
                .codec(StringCodec.INSTANCE)
                .cacheSize(10_000)
                .timeToLive(Duration.ofMinutes(TTL_MINUTES)));
    }

    @Override
    public String get(int number, IntFunction<String> loader) {
        String key = Integer.toString(number);
        @Nullable String value = map.get(key);
        if (value == null) {
            value = loader.apply(number);
            put(key, value);
        }
        return value;
    }

    private void put(String key, String value) {
        if (map instanceof RMapCache<String, String> ending) {
            if (kind == Kind.SLIDING) {
                ending.put(key, value, 0, TimeUnit.MINUTES, 1, TimeUnit.MINUTES);
            } else {
                ending.put(key, value, TTL_MINUTES, TimeUnit.MINUTES);
            }
        } else {
            map.fastPut(key, value);
        }
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
