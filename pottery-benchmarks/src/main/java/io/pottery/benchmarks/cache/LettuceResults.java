package io.pottery.benchmarks.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A hash, asked for a field. */
final class LettuceResults implements Results {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final String name;

    LettuceResults(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.name = name;
    }

    @Override
    public String get(int number, IntFunction<String> loader) {
        String field = Integer.toString(number);
        @Nullable String value = redis.hget(name, field);
        if (value == null) {
            value = loader.apply(number);
            redis.hset(name, field, value);
        }
        return value;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
