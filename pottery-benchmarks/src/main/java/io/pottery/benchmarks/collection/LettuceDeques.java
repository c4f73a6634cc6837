package io.pottery.benchmarks.collection;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The commands of a list; a RPUSH and a LTRIM in one pipeline keep the latest elements. */
final class LettuceDeques implements Deques {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final StatefulRedisConnection<String, String> pipeline;
    private final String name;
    private final String latest;

    LettuceDeques(String uri, String name, String latest) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().sync();
        this.pipeline = client.connect();
        this.name = name;
        this.latest = latest;
        pipeline.setAutoFlushCommands(false);
    }

    @Override
    public void addLast(String element) {
        redis.rpush(name, element);
    }

    @Override
    public @Nullable String pollFirst() {
        return redis.lpop(name);
    }

    @Override
    public void keep(String element) {
        RedisFuture<Long> added = pipeline.async().rpush(latest, element);
        RedisFuture<String> trimmed = pipeline.async().ltrim(latest, -MAX_LENGTH, -1);
        pipeline.flushCommands();
        LettuceFutures.awaitAll(1, TimeUnit.MINUTES, added, trimmed);
    }

    @Override
    public int kept() {
        return Math.toIntExact(redis.llen(latest));
    }

    @Override
    public void clear() {
        redis.unlink(name, latest);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
