package io.pottery.cache;

import io.pottery.codec.Codec;
import io.pottery.codec.JsonCodecs;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Circuit;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.Labels;
import io.pottery.internal.redis.LettuceChannels;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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
    private final Labels<Tally> tallies;

    /**
     * Caches in {@code keyspace}, which is behind {@code connections}. They compute ahead on {@code executor}.
     * {@code opened} is told of each label, and of what is counted under it.
     */
    public Caches(
            Keyspace keyspace,
            RedisConnectionFactory connections,
            JsonCodecs codecs,
            Timer timer,
            Executor executor,
            BiConsumer<String, Supplier<CacheFigures>> opened) {
        this.keyspace = keyspace;
        this.connections = connections;
        this.channels = connections instanceof LettuceConnectionFactory lettuce
                ? new NearChannels(LettuceChannels.of(lettuce))
                : null;
        this.fields = new EntryField(codecs);
        this.circuit = new Circuit(timer);
        this.timer = timer;
        this.executor = executor;
        this.tallies = new Labels<>(Tally::new, (label, tally) -> opened.accept(label, tally::figures));
    }

    /** What this process has counted, by the labels of the caches. */
    public Map<String, CacheFigures> figures() {
        Map<String, CacheFigures> figures = new TreeMap<>();
        tallies.forEach((label, tally) -> figures.put(label, tally.figures()));
        return figures;
    }

    /** The cache called {@code name}. */
    public <K extends @Nullable Object, V> RedisCache<K, V> named(String name, Codec<V> values, CacheOptions options) {
        RedisKey key = keyspace.key(DataType.HASH, name);
        Entries entries = new Entries(key, options, circuit, channels, changes);
        Counters counters = new Counters(new Tally(), tallies.get(options.label() == null ? name : options.label()));
        return new RedisCache<>(new CacheState<>(
                entries, fields, values, options, counters, this.<V>near(key, options), timer, executor));
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
