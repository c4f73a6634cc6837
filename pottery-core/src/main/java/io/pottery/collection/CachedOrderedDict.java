package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.pottery.codec.Codec;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.RedisContainer;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A map that keeps the order of the keys it was asked for, and whose values come from a cache in a Redis hash; Python
 * Pottery's {@code CachedOrderedDict} on the same bytes. Made for search results: the engine gives the ids, the cache
 * most of the documents, and {@link #hydrate} loads the others.
 *
 * <p>The keys are looked up once, in one round trip, when the map is made. From then on all reading is local: what
 * other processes store later is not seen. The entries are the keys that have a value; {@link #misses()} are those that
 * have none. Keys stand in the order in which they were asked for, then those that were put later.
 *
 * <p>What is put is written to Redis in the same call, one step and one round trip, and lets the whole hash end
 * {@link #timeout()} later. What was only read is never written back, nor does reading put off that end. What is
 * removed is removed from Redis, too. {@code compute}, {@code merge} and {@code replace} go by what this map knows, and
 * then put; {@link #putIfAbsent} and {@link #computeIfAbsent} go by what is in Redis.
 *
 * <p>Keys and values must not be null. A JSON {@code null} that others wrote is a miss. Keys need {@code equals} and
 * {@code hashCode}. Safe for use by many threads; when two of them put the same key at once, Redis may keep one value
 * and this map the other.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class CachedOrderedDict<K, V> extends AbstractMap<K, V> implements RedisContainer {

    /** When the values end, unless told otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final RedisKey key;
    private final RedisHash hash;
    private final KeyCodec<K> keys;
    private final KeyCodec<V> values;
    private final Duration timeout;
    private final OptionalLong timeToLive;

    /** All keys in order, with null for a miss; guarded by itself. */
    private final Map<K, @Nullable V> known = new LinkedHashMap<>();

    /**
     * Looks {@code wanted} up in the hash at {@code key}. For {@code PotteryFactory}.
     *
     * @throws UndecodableValueException if one of the values cannot be read
     */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public CachedOrderedDict(
            RedisKey key, Codec<K> keys, Codec<V> values, Collection<? extends K> wanted, Duration timeout) {
        this.key = key;
        this.hash = new RedisHash(key);
        this.keys = new KeyCodec<>(key, "A key", keys);
        this.values = new KeyCodec<>(key, "A value", values);
        this.timeout = requirePositive(timeout);
        this.timeToLive = RedisKey.millis(timeout);
        read(new LinkedHashSet<>(wanted));
    }

    private Duration requirePositive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "The timeout of %s must be more than zero, was %s".formatted(key, timeout));
        }
        return timeout;
    }

    private void read(Set<K> wanted) {
        List<byte @Nullable []> stored = hash.getAll(encodeAll(wanted));
        int i = 0;
        for (K each : wanted) {
            known.put(each, values.decode(stored.get(i++)));
        }
    }

    @Override
    public String key() {
        return key.name();
    }

    @Override
    public RedisTemplate<String, byte[]> redis() {
        return key.redis();
    }

    /** How long after the last {@code put} the whole hash ends; it does not end if Redis cannot hold as much. */
    public Duration timeout() {
        return timeout;
    }

    /** The keys that have no value here, in their order; a copy that cannot be changed. Local. */
    public Set<K> misses() {
        Set<K> misses = new LinkedHashSet<>();
        synchronized (known) {
            known.forEach((each, value) -> {
                if (value == null) {
                    misses.add(each);
                }
            });
        }
        return Collections.unmodifiableSet(misses);
    }

    /**
     * Lets {@code loader} find the values of all {@link #misses()}, and puts what it returns in one step. It is called
     * once, and not at all if nothing is missing. Keys that it does not return, or with null, stay misses; others that
     * it returns are ignored. A value that somebody has stored while it was loading is newer: it stays, and is taken
     * over.
     *
     * @throws IllegalArgumentException if the values are more than 64 MiB
     */
    public void hydrate(Function<? super Set<K>, ? extends Map<? extends K, ? extends @Nullable V>> loader) {
        requireNonNull(loader);
        Set<K> misses = misses();
        if (misses.isEmpty()) {
            return;
        }
        Map<? extends K, ? extends @Nullable V> loaded =
                requireNonNull(loader.apply(misses), () -> "The loader of %s must not return null".formatted(key));
        List<K> found = new ArrayList<>();
        List<byte[]> encoded = new ArrayList<>();
        loaded.forEach((each, value) -> {
            if (value != null && misses.contains(each)) {
                found.add(each);
                encoded.add(keys.encode(each));
                encoded.add(values.encode(value));
            }
        });
        if (found.isEmpty()) {
            return;
        }
        List<byte[]> sooner = hash.putAllIfAbsent(encoded, timeToLive);
        Map<K, @Nullable V> hydrated = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            boolean isOurs = sooner.get(i).length == 0;
            hydrated.put(found.get(i), isOurs ? loaded.get(found.get(i)) : values.decode(sooner.get(i)));
        }
        synchronized (known) {
            known.putAll(hydrated);
        }
    }

    @Override
    public int size() {
        synchronized (known) {
            return (int) known.values().stream().filter(Objects::nonNull).count();
        }
    }

    @Override
    public boolean containsKey(@Nullable Object candidate) {
        return get(candidate) != null;
    }

    @Override
    public @Nullable V get(@Nullable Object candidate) {
        synchronized (known) {
            return known.get(candidate);
        }
    }

    /** Puts {@code value} here and in Redis; returns what this map knew before. */
    @Override
    public @Nullable V put(K key, V value) {
        hash.putAll(List.of(keys.encode(key), values.encode(value)), timeToLive);
        synchronized (known) {
            return known.put(key, value);
        }
    }

    /**
     * Puts all entries in one step, or none.
     *
     * @throws IllegalArgumentException if they are more than 1,000,000 or 64 MiB
     */
    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        List<byte[]> encoded = new ArrayList<>();
        Map<K, V> copy = new LinkedHashMap<>();
        entries.forEach((each, value) -> {
            encoded.add(keys.encode(each));
            encoded.add(values.encode(value));
            copy.put(each, value);
        });
        if (!copy.isEmpty()) {
            hash.putAll(encoded, timeToLive);
            synchronized (known) {
                known.putAll(copy);
            }
        }
    }

    /**
     * Puts {@code value} if there is none, neither here nor in Redis. A value that another process has stored meanwhile
     * stays; it is then the value here, too, and is returned. Local if there is a value here.
     */
    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        byte[] field = keys.encode(key);
        byte[] encoded = values.encode(value);
        V present = get(key);
        if (present != null) {
            return present;
        }
        V stored = values.decode(hash.putIfAbsent(field, encoded, timeToLive));
        synchronized (known) {
            known.put(key, stored == null ? value : stored);
        }
        return stored;
    }

    /** Like {@link #putIfAbsent}, with the value that {@code function} returns; called only if there is none here. */
    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        requireNonNull(function);
        V present = get(key);
        if (present != null) {
            return present;
        }
        V computed = function.apply(key);
        if (computed == null) {
            return null;
        }
        V sooner = putIfAbsent(key, computed);
        return sooner == null ? computed : sooner;
    }

    /** Replaces all values that are here in one step. */
    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Map<K, V> replaced = new LinkedHashMap<>();
        copy().forEach((each, value) -> replaced.put(each, function.apply(each, value)));
        putAll(replaced);
    }

    /** Removes the value from Redis, be it known here or not; the key is then a miss. Returns what was known here. */
    @Override
    public @Nullable V remove(@Nullable Object candidate) {
        byte[] field = keys.tryEncode(candidate);
        if (field == null) {
            return null;
        }
        hash.remove(field);
        synchronized (known) {
            return forget(candidate);
        }
    }

    /**
     * Removes the values of all keys that this map knows, misses included, from Redis; they are then misses. Other keys
     * of the hash stay.
     */
    @Override
    public void clear() {
        List<K> all;
        synchronized (known) {
            all = List.copyOf(known.keySet());
        }
        removeAll(all);
    }

    @Override
    public Set<K> keySet() {
        return new CachedView<>(this, Entry::getKey).asSet(this::containsKey);
    }

    @Override
    public Collection<V> values() {
        return new CachedView<>(this, Entry::getValue);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new CachedView<K, V, Entry<K, V>>(this, entry -> entry)
                .asSet(candidate -> candidate instanceof Entry<?, ?> entry
                        && entry.getValue() != null
                        && entry.getValue().equals(get(entry.getKey())));
    }

    /** Shows a copy of the entries at this moment. */
    Iterator<Entry<K, V>> iterator() {
        List<Entry<K, V>> entries = new ArrayList<>();
        copy().forEach((each, value) -> entries.add(new CachedEntry(each, value)));
        return entries.iterator();
    }

    /** Removes the entries that {@code doomed} accepts, in Redis in one step for up to 1,000. */
    boolean removeIf(Predicate<? super Entry<K, V>> doomed) {
        List<K> removed = new ArrayList<>();
        copy().forEach((each, value) -> {
            if (doomed.test(new SimpleImmutableEntry<>(each, value))) {
                removed.add(each);
            }
        });
        removeAll(removed);
        return !removed.isEmpty();
    }

    private void removeAll(Collection<K> doomed) {
        hash.removeAll(encodeAll(doomed));
        synchronized (known) {
            doomed.forEach(this::forget);
        }
    }

    @SuppressWarnings("unchecked") // nothing is replaced unless it is a key here, and so a K
    private @Nullable V forget(@Nullable Object candidate) {
        return known.replace((K) candidate, null);
    }

    private Map<K, V> copy() {
        Map<K, V> copy = new LinkedHashMap<>();
        synchronized (known) {
            known.forEach((each, value) -> {
                if (value != null) {
                    copy.put(each, value);
                }
            });
        }
        return copy;
    }

    private List<byte[]> encodeAll(Collection<? extends K> wanted) {
        List<byte[]> encoded = new ArrayList<>(wanted.size());
        wanted.forEach(each -> encoded.add(keys.encode(each)));
        return encoded;
    }

    /** An entry as it was known, whose {@code setValue} writes through. */
    private final class CachedEntry extends SimpleEntry<K, V> {

        private static final long serialVersionUID = 1L;

        CachedEntry(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
