package io.pottery.benchmarks.id;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/** INCR on the first server: what there is to reach for who asks for every id, and has no second server. */
final class LettuceIds implements Ids {

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final String name;

    LettuceIds(List<String> uris, String name) {
        this.client = RedisClient.create(uris.get(0));
        this.redis = client.connect().sync();
        this.name = name;
    }

    @Override
    public long next() {
        return redis.incr(name);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
