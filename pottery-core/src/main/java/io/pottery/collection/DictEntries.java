package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The live entry view of a {@link RedisDict}. */
final class DictEntries<K, V> extends AbstractSet<Entry<K, V>> {

    private final RedisDict<K, V> dict;

    DictEntries(RedisDict<K, V> dict) {
        this.dict = dict;
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(@Nullable Object candidate) {
        return containsAll(Collections.singletonList(candidate));
    }

    @Override
    public boolean containsAll(Collection<?> candidates) {
        List<byte[]> fields = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Object candidate : candidates) {
            byte[] field =
                    candidate instanceof Entry<?, ?> entry ? dict.keyCodec().tryEncode(entry.getKey()) : null;
            if (field == null) {
                return false;
            }
            fields.add(field);
            values.add(((Entry<?, ?>) candidate).getValue());
        }
        List<byte @Nullable []> stored = dict.hash().getAll(fields);
        return IntStream.range(0, values.size()).allMatch(i -> isStoredAs(values.get(i), stored.get(i)));
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
        return candidate instanceof Entry<?, ?> entry && dict.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean removeAll(Collection<?> candidates) {
        List<byte[]> entries = new ArrayList<>();
        encodeAll(candidates, (field, value) -> {
            entries.add(field);
            entries.add(value);
        });
        return dict.hash().removeEntries(entries);
    }

    @Override
    public boolean retainAll(Collection<?> candidates) {
        Map<ByteBuffer, byte[]> stay = new HashMap<>();
        encodeAll(candidates, (field, value) -> stay.put(ByteBuffer.wrap(field), value));
        dict.inefficient("entrySet().retainAll");
        return dict.hash().removeIf((field, value) -> !Arrays.equals(stay.get(ByteBuffer.wrap(field)), value));
    }

    /** The entries that {@code filter} sees cannot be changed. */
    @Override
    public boolean removeIf(Predicate<? super Entry<K, V>> filter) {
        requireNonNull(filter);
        dict.inefficient("entrySet().removeIf");
        return dict.hash()
                .removeIf((field, value) -> filter.test(new SimpleImmutableEntry<>(
                        dict.keyCodec().decode(field), dict.valueCodec().decode(value))));
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
        return dict.iterator(dict::entry);
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<Entry<K, V>> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.DISTINCT | Spliterator.CONCURRENT);
    }

    @Override
    public void clear() {
        dict.clear();
    }

    /** A null that others wrote is shown as an entry, and so is found as one. */
    private boolean isStoredAs(@Nullable Object value, byte @Nullable [] stored) {
        return stored != null
                && (value == null
                        ? dict.valueCodec().decode(stored) == null
                        : Arrays.equals(dict.valueCodec().tryEncode(value), stored));
    }

    /** Encodes those of {@code candidates} that can be here at all. */
    private void encodeAll(Collection<?> candidates, BiConsumer<byte[], byte[]> encoded) {
        for (Object candidate : candidates) {
            if (candidate instanceof Entry<?, ?> entry) {
                byte[] field = dict.keyCodec().tryEncode(entry.getKey());
                byte[] value = dict.valueCodec().tryEncode(entry.getValue());
                if (field != null && value != null) {
                    encoded.accept(field, value);
                }
            }
        }
    }
}
