package io.pottery.cache;

import io.pottery.codec.Codec;
import io.pottery.codec.JsonCodecs;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Circuit;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.LettuceChannels;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/** All caches in one Redis: what they have in common in this process. */
public final class Caches {

    private static final boolean HAS_CAFFEINE =
            ClassUtils.isPresent("com.github.benmanes.caffeine.cache.Caffeine", Caches.class.getClassLoader());

    private final Keyspace keyspace;
    private final RedisConnectionFactory connections;
    private final @Nullable NearChannels channels;
    private final EntryField fields;
    private final Circuit circuit;
    private final AtomicLong changes = new AtomicLong();
    private final Timer timer;
    private final Executor executor;

    /** Caches in {@code keyspace}, which is behind {@code connections}. They compute ahead on {@code executor}. */
    public Caches(
            Keyspace keyspace, RedisConnectionFactory connections, JsonCodecs codecs, Timer timer, Executor executor) {
        this.keyspace = keyspace;
        this.connections = connections;
        this.channels = connections instanceof LettuceConnectionFactory lettuce
                ? new NearChannels(LettuceChannels.of(lettuce))
                : null;
        this.fields = new EntryField(codecs);
        this.circuit = new Circuit(timer);
        this.timer = timer;
        this.executor = executor;
    }

    /** The cache called {@code name}. */
    public <K extends @Nullable Object, V> RedisCache<K, V> named(String name, Codec<V> values, CacheOptions options) {
        RedisKey key = keyspace.key(DataType.HASH, name);
        Entries entries = new Entries(key, options, circuit, channels, changes);
        return new RedisCache<>(
                new CacheState<>(entries, fields, values, options, this.<V>near(key, options), timer, executor));
    }

    private <V> @Nullable Near<V> near(RedisKey key, CacheOptions options) {
        if (options.near() == 0) {
            return null;
        }
        if (!HAS_CAFFEINE) {
            throw new PotteryException(
                    "%s is to keep entries near, for which Caffeine is missing: add com.github.ben-manes.caffeine:caffeine to the application"
                            .formatted(key));
        }
        if (channels == null) {
            throw new PotteryException(
                    "Near caches need Lettuce, to hear of changes, and the connection factory is a %s: use a LettuceConnectionFactory, or no near cache"
                            .formatted(connections.getClass().getName()));
        }
        return new Near<>(key.name(), options.near(), channels);
    }
}
