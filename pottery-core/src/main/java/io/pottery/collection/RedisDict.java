package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.ScanPage;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A {@link ConcurrentMap} whose entries live in a Redis hash; Python Pottery's {@code RedisDict} on the same bytes.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise. {@code compute} and
 * {@code merge} take two, and more only if somebody else changes the same entry meanwhile: they then call the function
 * again, so it should have no side effects, and must not change this map. Keys and values must not be null. A JSON
 * {@code null} that others wrote reads as null and counts as absent for {@code putIfAbsent}, {@code compute} and
 * {@code merge}.
 *
 * <p>What {@code get} and iterators return are copies: to change a list that is a value, {@code put} it back, or change
 * it in {@code compute}. Two callers of {@code computeIfAbsent} may both call their function; both get the one result
 * that was stored first.
 *
 * <p>The order of the entries is the server's. The views of the map are live and support removal.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public sealed class RedisDict<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V>, RedisContainer
        permits RedisCounter {

    private static final int MAX_PRINTED = 1_000;

    private final RedisKey key;
    private final RedisHash hash;
    private final KeyCodec<K> keys;
    private final KeyCodec<V> values;
    private final InefficientAccessListener listener;
    private final String type;

    /** Opens the hash at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public RedisDict(RedisKey key, Codec<K> keys, Codec<V> values, InefficientAccessListener listener) {
        this(key, keys, values, listener, "RedisDict");
    }

    /** {@code type} is what {@code listener} is told that this is. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    RedisDict(RedisKey key, Codec<K> keys, Codec<V> values, InefficientAccessListener listener, String type) {
        this.key = key;
        this.hash = new RedisHash(key);
        this.keys = new KeyCodec<>(key, "A key", keys);
        this.values = new KeyCodec<>(key, "A value", values);
        this.listener = listener;
        this.type = type;
    }

    @Override
    public String key() {
        return key.name();
    }

    @Override
    public RedisTemplate<String, byte[]> redis() {
        return key.redis();
    }

    /**
     * Puts all entries of {@code initial} into this map in one step, if its key does not exist yet. O(n).
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if the entries are more than 1,000,000 or 64 MiB
     */
    public void populate(Map<? extends K, ? extends V> initial) {
        hash.populate(encodeAll(requireNonNull(initial, "initial must not be null")));
    }

    /** The number of entries; {@link Integer#MAX_VALUE} if there are more. */
    @Override
    public int size() {
        return (int) Math.min(hash.size(), Integer.MAX_VALUE);
    }

    @Override
    public boolean containsKey(@Nullable Object candidate) {
        byte[] field = keys.tryEncode(candidate);
        return field != null && hash.has(field);
    }

    /** Looks through all values, on the server. O(n); a round trip for each 1,000 entries or so. */
    @Override
    public boolean containsValue(@Nullable Object candidate) {
        return findValue("containsValue", candidate, false);
    }

    @Override
    public @Nullable V get(@Nullable Object candidate) {
        byte[] field = keys.tryEncode(candidate);
        return field == null ? null : values.decode(hash.get(field));
    }

    /** Stores {@code value} under {@code key} like {@link #put}, but does not read what it replaces. */
    public void set(K key, V value) {
        hash.set(keys.encode(key), values.encode(value));
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was replaced cannot be read; the new value is stored all the same
     */
    @Override
    public @Nullable V put(K key, V value) {
        return values.decodeFormer(hash.put(keys.encode(key), values.encode(value)));
    }

    /** Puts all entries. One step for up to 1,000 entries or 512 KiB; beyond that in chunks that are atomic each. */
    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        hash.setAll(encodeAll(requireNonNull(entries, "entries must not be null")));
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return values.decode(hash.putIfAbsent(keys.encode(key), values.encode(value)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was removed cannot be read; {@code keySet().remove} does not read it
     */
    @Override
    public @Nullable V remove(@Nullable Object candidate) {
        byte[] field = keys.tryEncode(candidate);
        return field == null ? null : values.decodeFormer(hash.take(field));
    }

    @Override
    public boolean remove(@Nullable Object candidate, @Nullable Object expected) {
        byte[] field = keys.tryEncode(candidate);
        byte[] value = values.tryEncode(expected);
        return field != null && value != null && hash.swap(field, value, null).done();
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return values.decodeFormer(hash.replace(keys.encode(key), values.encode(value)));
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return hash.swap(keys.encode(key), values.encode(expected), values.encode(value))
                .done();
    }

    /** Removes some entry and returns it; null if there is none. */
    public @Nullable Entry<K, V> pollEntry() {
        List<byte[]> polled = hash.poll();
        return polled.isEmpty()
                ? null
                : new SimpleImmutableEntry<>(keys.decodeFormer(polled.get(0)), values.decodeFormer(polled.get(1)));
    }

    @Override
    public void clear() {
        key.delete();
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        requireNonNull(function);
        byte[] field = keys.encode(key);
        V present = values.decode(hash.get(field));
        if (present != null) {
            return present;
        }
        V computed = function.apply(key);
        if (computed == null) {
            return null;
        }
        V sooner = values.decode(hash.putIfAbsent(field, values.encode(computed)));
        return sooner == null ? computed : sooner;
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        requireNonNull(function);
        byte[] field = keys.encode(key);
        return exchange(field, hash.get(field), present -> present == null ? null : function.apply(key, present));
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        requireNonNull(function);
        byte[] field = keys.encode(key);
        return exchange(field, hash.get(field), present -> function.apply(key, present));
    }

    /** Takes one round trip where there was no value, else two. */
    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        requireNonNull(function);
        byte[] field = keys.encode(key);
        byte[] present = hash.putIfAbsent(field, values.encode(value));
        return present == null
                ? value
                : exchange(field, present, old -> old == null ? value : function.apply(old, value));
    }

    /**
     * Replaces all values in one step. O(n): reads all entries, computes, and writes if nothing has changed meanwhile,
     * else begins anew. {@code function} must not change this map.
     */
    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        requireNonNull(function);
        inefficient("replaceAll");
        hash.rewrite((field, value) -> values.encode(function.apply(keys.decode(field), values.decode(value))));
    }

    /**
     * A copy of all entries at one moment. O(n); at most 1,000,000 entries.
     *
     * <p>A map that is part of a value is stored as this copy.
     */
    @JsonValue
    public Map<K, V> toMap() {
        inefficient("toMap");
        return copy();
    }

    /** A live view; removing from it is one step, reading it is O(n). */
    @Override
    public Set<K> keySet() {
        return new DictKeys<>(this);
    }

    /** A live view; removing from it and reading it is O(n). */
    @Override
    public Collection<V> values() {
        return new DictValues<>(this);
    }

    /** A live view; {@code setValue} of its entries writes through. Reading it is O(n). */
    @Override
    public Set<Entry<K, V>> entrySet() {
        return new DictEntries<>(this);
    }

    /** Whether {@code other} is a map with the same entries. O(n), unless it is a handle of the same key. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Map<?, ?> map)) {
            return false;
        }
        if (map instanceof RedisDict<?, ?> that && isSameAs(that)) {
            return true;
        }
        inefficient("equals");
        return copy().equals(map instanceof RedisDict<?, ?> that ? that.copy() : map);
    }

    /** The hash code of the entries, as {@link Map#hashCode} has it. O(n). */
    @Override
    public int hashCode() {
        inefficient("hashCode");
        return copy().hashCode();
    }

    /** The first 1,000 entries, and how many more there are. */
    @Override
    public String toString() {
        ScanPage page = hash.firstPage();
        int printed = Math.min(page.items().size() / 2, MAX_PRINTED);
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < 2 * printed; i += 2) {
            text.add(keys.decode(page.items().get(i)) + "="
                    + values.decode(page.items().get(i + 1)));
        }
        if (!page.isLast() || page.items().size() > 2 * printed) {
            text.add("... " + (hash.size() - printed) + " more");
        }
        return text.toString();
    }

    RedisHash hash() {
        return hash;
    }

    KeyCodec<K> keyCodec() {
        return keys;
    }

    void inefficient(String call) {
        listener.onInefficientAccess(type + "." + call, key.name());
    }

    <E extends @Nullable Object> Iterator<E> iterator(BiFunction<byte[], byte[], E> read) {
        inefficient("iterator");
        return ScanIterator.ofHash(key, read, hash::remove);
    }

    Entry<K, V> entry(byte[] field, byte[] value) {
        return new DictEntry(field, value);
    }

    KeyCodec<V> valueCodec() {
        return values;
    }

    boolean findValue(String call, @Nullable Object candidate, boolean remove) {
        inefficient(call);
        byte[] value = values.tryEncode(candidate);
        return value != null && hash.findValue(value, remove);
    }

    /** What a present value, or none, becomes: another value, or none. */
    interface Remapping<V> {

        @Nullable
        V apply(@Nullable V present);
    }

    /**
     * Exchanges what is stored at {@code field} for what {@code function} makes of it, again until nobody else has
     * changed it meanwhile.
     *
     * @param stored what was there just now
     */
    @Nullable
    V exchange(byte[] field, byte @Nullable [] stored, Remapping<V> function) {
        while (true) {
            V present = values.decode(stored);
            V computed = function.apply(present);
            if (computed == null && present == null) {
                return null;
            }
            byte[] replacement = computed == null ? null : values.encode(computed);
            if (Arrays.equals(stored, replacement)) {
                return computed;
            }
            RedisHash.Swap swap = hash.swap(field, stored, replacement);
            if (swap.done()) {
                return computed;
            }
            stored = swap.current();
        }
    }

    Map<K, V> copy() {
        List<byte[]> snapshot = hash.snapshot();
        Map<K, V> copy = new LinkedHashMap<>(snapshot.size());
        for (int i = 0; i < snapshot.size(); i += 2) {
            copy.put(keys.decode(snapshot.get(i)), values.decode(snapshot.get(i + 1)));
        }
        return copy;
    }

    private boolean isSameAs(RedisDict<?, ?> that) {
        return key.equals(that.key) && keys.sameAs(that.keys) && values.sameAs(that.values);
    }

    private List<byte[]> encodeAll(Map<? extends K, ? extends V> entries) {
        Map<? extends K, ? extends V> source =
                entries instanceof RedisDict<? extends K, ? extends V> dict ? dict.copy() : entries;
        List<byte[]> encoded = new ArrayList<>();
        source.forEach((field, value) -> {
            encoded.add(keys.encode(field));
            encoded.add(values.encode(value));
        });
        return encoded;
    }

    /** An entry as it was read, whose {@code setValue} writes through. */
    private final class DictEntry extends SimpleEntry<K, V> {

        private static final long serialVersionUID = 1L;

        private final transient byte[] field;

        DictEntry(byte[] field, byte[] value) {
            super(keys.decode(field), values.decode(value));
            this.field = field;
        }

        @Override
        public V setValue(V value) {
            hash.set(field, values.encode(value));
            return super.setValue(value);
        }
    }
}
