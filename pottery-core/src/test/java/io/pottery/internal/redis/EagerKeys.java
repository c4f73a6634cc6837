package io.pottery.internal.redis;

import io.pottery.testing.TestRedis;
import java.time.Duration;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Fresh keys of whose calls one alone goes out at a time, so that few threads have theirs together. */
public final class EagerKeys {

    private final Keyspace keyspace;
    private final GroupCommit together = new GroupCommit(1, Duration.ofMillis(1));

    public EagerKeys(RedisConnectionFactory connections) {
        this.keyspace = new Keyspace(connections, "", new TemporaryKeys(new SystemTimer()), false);
    }

    public RedisKey fresh(DataType type) {
        RedisKey key = keyspace.key(type, TestRedis.freshKey());
        return new RedisKey(key.redis(), type, key.name(), null, together);
    }
}
