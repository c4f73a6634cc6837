package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.codec.Codec;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.internal.redis.Timer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One cache in this process, which its faces share.
 *
 * @param flights who computes an entry here, by the name of an epoch
 * @param refreshing the fields of entries that are computed ahead here, or were in vain a moment ago
 * @param near null if no entry is kept in this process
 */
record CacheState<V>(
        Entries entries,
        EntryField fields,
        Codec<V> codec,
        CacheOptions options,
        Counters counters,
        Map<String, Flight<V>> flights,
        Set<String> refreshing,
        @Nullable Near<V> near,
        Timer timer,
        Executor executor) {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    CacheState(
            Entries entries,
            EntryField fields,
            Codec<V> codec,
            CacheOptions options,
            Counters counters,
            @Nullable Near<V> near,
            Timer timer,
            Executor executor) {
        this(
                entries,
                fields,
                codec,
                options,
                counters,
                new ConcurrentHashMap<>(),
                ConcurrentHashMap.newKeySet(),
                near,
                timer,
                executor);
    }

    /** The same, for callers who are to know when Redis fails. */
    CacheState<V> failing() {
        return new CacheState<>(
                entries,
                fields,
                codec,
                options.withoutFailOpen(),
                counters,
                flights,
                refreshing,
                near,
                timer,
                executor);
    }

    /** The JSON of {@code value}, which is of another type if the caller has told the compiler so. */
    byte[] encode(@Nullable V value) {
        try {
            return value == null ? NULL : codec.encode(value);
        } catch (ClassCastException e) {
            throw new UnencodableValueException(
                    "Cache %s holds values of another type than %s: %s"
                            .formatted(
                                    entries.hash(),
                                    requireNonNull(value).getClass().getName(),
                                    codec),
                    e);
        }
    }

    /** What {@code json} is the text of, which may be null; null itself if it cannot be read, or must not be there. */
    @Nullable
    Decoded<V> decode(byte[] json) {
        try {
            V value = codec.decode(json);
            return value == null && !mayBeNull() ? null : new Decoded<>(value);
        } catch (UndecodableValueException e) {
            return null;
        }
    }

    boolean mayBeNull() {
        return options.nullTtl() != null;
    }

    /** A value that was read. */
    record Decoded<V>(@Nullable V value) {}
}
