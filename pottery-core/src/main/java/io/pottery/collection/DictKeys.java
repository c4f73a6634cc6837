package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The live key view of a {@link RedisDict}. */
final class DictKeys<K> extends AbstractSet<K> {

    private final RedisDict<K, ?> dict;

    DictKeys(RedisDict<K, ?> dict) {
        this.dict = dict;
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(@Nullable Object candidate) {
        return dict.containsKey(candidate);
    }

    @Override
    public boolean containsAll(Collection<?> candidates) {
        List<byte[]> fields = dict.keyCodec().encodeAllOrNone(candidates);
        return fields != null && dict.hash().containsAll(fields);
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
        byte[] field = dict.keyCodec().tryEncode(candidate);
        return field != null && dict.hash().remove(field);
    }

    @Override
    public boolean removeAll(Collection<?> candidates) {
        return dict.hash().removeAll(dict.keyCodec().tryEncodeAll(candidates));
    }

    @Override
    public boolean retainAll(Collection<?> candidates) {
        dict.inefficient("keySet().retainAll");
        return dict.hash().retainAll(dict.keyCodec().tryEncodeAll(candidates));
    }

    @Override
    public boolean removeIf(Predicate<? super K> filter) {
        requireNonNull(filter);
        dict.inefficient("keySet().removeIf");
        return dict.hash()
                .removeIf((field, value) -> filter.test(dict.keyCodec().decode(field)));
    }

    @Override
    public Iterator<K> iterator() {
        return dict.iterator((field, value) -> dict.keyCodec().decode(field));
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<K> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.DISTINCT | Spliterator.CONCURRENT);
    }

    @Override
    public void clear() {
        dict.clear();
    }
}
