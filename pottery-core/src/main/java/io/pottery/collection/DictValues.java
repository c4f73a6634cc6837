package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The live value view of a {@link RedisDict}. */
final class DictValues<V> extends AbstractCollection<V> {

    private final RedisDict<?, V> dict;

    DictValues(RedisDict<?, V> dict) {
        this.dict = dict;
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(@Nullable Object candidate) {
        return dict.containsValue(candidate);
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
        return dict.findValue("values().remove", candidate, true);
    }

    @Override
    public boolean containsAll(Collection<?> candidates) {
        dict.inefficient("values().containsAll");
        List<byte[]> wanted = dict.valueCodec().encodeAllOrNone(candidates);
        return wanted != null && wrapped(dict.hash().values()).containsAll(wrapped(wanted));
    }

    @Override
    public boolean removeAll(Collection<?> candidates) {
        Set<ByteBuffer> doomed = wrapped(dict.valueCodec().tryEncodeAll(candidates));
        dict.inefficient("values().removeAll");
        return dict.hash().removeIf((field, value) -> doomed.contains(ByteBuffer.wrap(value)));
    }

    @Override
    public boolean retainAll(Collection<?> candidates) {
        Set<ByteBuffer> stay = wrapped(dict.valueCodec().tryEncodeAll(candidates));
        dict.inefficient("values().retainAll");
        return dict.hash().removeIf((field, value) -> !stay.contains(ByteBuffer.wrap(value)));
    }

    @Override
    public boolean removeIf(Predicate<? super V> filter) {
        requireNonNull(filter);
        dict.inefficient("values().removeIf");
        return dict.hash()
                .removeIf((field, value) -> filter.test(dict.valueCodec().decode(value)));
    }

    @Override
    public Iterator<V> iterator() {
        return dict.iterator((field, value) -> dict.valueCodec().decode(value));
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<V> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.CONCURRENT);
    }

    @Override
    public void clear() {
        dict.clear();
    }

    private static Set<ByteBuffer> wrapped(List<byte[]> texts) {
        return texts.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
    }
}
