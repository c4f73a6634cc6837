package io.pottery.benchmarks.queue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;

/** A list: RPUSH, BLPOP over a connection for each thread, which it takes to wait, and LPOP of many at once. */
final class LettuceQueues implements Queues {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final ThreadLocal<RedisCommands<String, String>> own = ThreadLocal.withInitial(this::connect);
    private final String name;

    LettuceQueues(String uri, String name) {
        this.client = RedisClient.create(uri);
        this.redis = connect();
        this.name = name;
    }

    private RedisCommands<String, String> connect() {
        StatefulRedisConnection<String, String> connection = client.connect();
        connection.setTimeout(Duration.ZERO); // which is none
        return connection.sync();
    }

    @Override
    public void put(String element) {
        redis.rpush(name, element);
    }

    @Override
    public void putAll(List<String> elements) {
        redis.rpush(name, elements.toArray(String[]::new));
    }

    @Override
    public String take() {
        return own.get().blpop(0, name).getValue();
    }

    @Override
    public int drain(int most) {
        return redis.lpop(name, most).size();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
