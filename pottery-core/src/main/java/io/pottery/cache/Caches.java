package io.pottery.cache;

import io.pottery.codec.Codec;
import io.pottery.codec.JsonCodecs;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Circuit;
import io.pottery.internal.redis.LettuceChannels;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** All caches in one Redis: what they have in common in this process. */
public final class Caches {

    private static final boolean HAS_CAFFEINE =
            ClassUtils.isPresent("com.github.benmanes.caffeine.cache.Caffeine", Caches.class.getClassLoader());

    private final Supplier<NearChannels> channels;
    private final EntryField fields;
    private final Circuit circuit;
    private final Timer timer;
    private final Executor executor;

    /** Caches in the Redis behind {@code connections}, which compute ahead on {@code executor}. */
    public Caches(RedisConnectionFactory connections, JsonCodecs codecs, Timer timer, Executor executor) {
        this.channels = SingletonSupplier.of(() -> new NearChannels(channels(connections)));
        this.fields = new EntryField(codecs);
        this.circuit = new Circuit(timer);
        this.timer = timer;
        this.executor = executor;
    }

    /** The cache at {@code key}. */
    public <K extends @Nullable Object, V> RedisCache<K, V> at(RedisKey key, Codec<V> values, CacheOptions options) {
        return new RedisCache<>(new CacheState<>(
                new Entries(key, options, circuit),
                fields,
                values,
                options,
                this.<V>near(key, options),
                timer,
                executor));
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
        return new Near<>(key.name(), options.near(), channels.get());
    }

    private static LettuceChannels channels(RedisConnectionFactory connections) {
        if (connections instanceof LettuceConnectionFactory lettuce) {
            return LettuceChannels.of(lettuce);
        }
        throw new PotteryException(
                "Near caches need Lettuce, to hear of changes, and the connection factory is a %s: use a LettuceConnectionFactory, or no near cache"
                        .formatted(connections.getClass().getName()));
    }
}
