package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.Codec;
import io.pottery.collection.StoredList.End;
import io.pottery.collection.StoredList.Found;
import io.pottery.error.KeyExistsException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A {@link List} whose elements live in a Redis list; Python Pottery's {@code RedisList} on the same bytes.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise. Elements must not be
 * null. At both ends a Redis list is as fast as any; in the middle, and to look for an element, it is O(n) on the
 * server.
 *
 * <p>Iterators read pages of 1,000 by index. If others insert or remove elements before the cursor meanwhile, elements
 * may be skipped or shown again. An iterator removes or sets the element that it has shown, even if that has moved;
 * where equal ones are in the list, it may be another of these.
 *
 * @param <E> the type of the elements
 */
public final class RedisList<E> extends AbstractList<E> implements RedisContainer {

    private static final int MAX_PRINTED = 1_000;

    private final String owner;
    private final RedisKey key;
    private final StoredList stored;
    private final KeyCodec<E> elements;
    private final InefficientAccessListener listener;

    /** Opens the list at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public RedisList(RedisKey key, Codec<E> elements, InefficientAccessListener listener) {
        this(
                "RedisList",
                key,
                new StoredList(key, OptionalInt.empty()),
                new KeyCodec<>(key, "An element", elements),
                listener);
    }

    /** Opens what another container, called {@code owner} in reports, has opened. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    RedisList(String owner, RedisKey key, StoredList stored, KeyCodec<E> elements, InefficientAccessListener listener) {
        this.owner = owner;
        this.key = key;
        this.stored = stored;
        this.elements = elements;
        this.listener = listener;
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
     * Puts all of {@code initial} into this list in one step, if its key does not exist yet. O(n).
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if the elements are more than 1,000,000 or 64 MiB
     */
    public void populate(Collection<? extends E> initial) {
        stored.populate(encodeAll(initial));
    }

    /** The number of elements; {@link Integer#MAX_VALUE} if there are more. */
    @Override
    public int size() {
        return (int) Math.min(stored.size(), Integer.MAX_VALUE);
    }

    /** {@inheritDoc} Takes a second round trip to say how many there are, if there is no such element. */
    @Override
    public E get(int index) {
        return index < 0 ? missing(index, size()) : at(index);
    }

    /**
     * The element at {@code index}, which counts from the end if it is below zero: {@code at(-1)} is the last one.
     *
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public E at(int index) {
        byte[] element = stored.get(index);
        return element == null ? missing(index, stored.size()) : decode(element);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was replaced cannot be read; the new element is there all the same
     */
    @Override
    public E set(int index, E element) {
        byte[] encoded = elements.encode(element);
        return former(index, index < 0 ? nothing() : stored.set(index, encoded));
    }

    @Override
    public boolean add(E element) {
        byte[] encoded = elements.encode(element);
        if (stored.maxLength().isEmpty()) {
            stored.push(End.TAIL, encoded);
        } else {
            append(List.of(encoded));
        }
        return true;
    }

    @Override
    public void add(int index, E element) {
        byte[] encoded = elements.encode(element);
        long length = index < 0 ? size() : stored.insert(index, encoded);
        if (index < 0 || index > length) {
            missing(index, length);
        }
    }

    /** Adds all of {@code added}. One step for up to 1,000 or 512 KiB; beyond that in chunks that are atomic each. */
    @Override
    public boolean addAll(Collection<? extends E> added) {
        List<byte[]> encoded = encodeAll(added);
        append(encoded);
        return !encoded.isEmpty();
    }

    /** Inserts all of {@code added} before the element at {@code index} in one step. */
    @Override
    public boolean addAll(int index, Collection<? extends E> added) {
        return insertAll(index, added) > 0;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was removed cannot be read
     */
    @Override
    public E remove(int index) {
        return former(index, index < 0 ? nothing() : stored.remove(index));
    }

    /** Removes the first element that equals {@code candidate}. O(n) on the server. */
    @Override
    public boolean remove(@Nullable Object candidate) {
        inefficient("remove");
        byte[] element = elements.tryEncode(candidate);
        return element != null && stored.removeEqual(element, 1);
    }

    /** Removes every element that equals one of {@code removed}, in one step. O(n). */
    @Override
    public boolean removeAll(Collection<?> removed) {
        inefficient("removeAll");
        return stored.filter(false, tryEncodeAll(removed));
    }

    /** Removes every element that equals none of {@code retained}, in one step. O(n). */
    @Override
    public boolean retainAll(Collection<?> retained) {
        inefficient("retainAll");
        return stored.filter(true, tryEncodeAll(retained));
    }

    /**
     * Removes what {@code filter} accepts, in one step. O(n): reads all elements, and removes if nothing has changed
     * meanwhile, else begins anew. {@code filter} must not change this list.
     */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        requireNonNull(filter);
        StoredList.Rewritten rewritten = rewrite("removeIf", without(filter));
        return rewritten.after() < rewritten.before();
    }

    /** Replaces every element in one step, like {@link #removeIf}. O(n). */
    @Override
    public void replaceAll(UnaryOperator<E> operator) {
        requireNonNull(operator);
        rewrite("replaceAll", replaced(operator));
    }

    /** Sorts the elements, which must be {@link Comparable}, by their natural order; like {@link #sort(Comparator)}. */
    public void sort() {
        sort(null);
    }

    /**
     * Sorts the elements in one step; equal ones keep their order. O(n log n): reads all elements, sorts them here, and
     * writes if nothing has changed meanwhile, else begins anew.
     *
     * @param order null for the natural order
     */
    @Override
    public void sort(@Nullable Comparator<? super E> order) {
        rewrite("sort", sorted(order));
    }

    /** Reverses the order of the elements. O(n), on the server; at most 1,000,000 elements. */
    public void reverse() {
        inefficient("reverse");
        stored.reverse();
    }

    @Override
    public void clear() {
        key.delete();
    }

    /** The first element. */
    public E getFirst() {
        return firstOrLast(stored.get(0));
    }

    /** The last element. */
    public E getLast() {
        return firstOrLast(stored.get(-1));
    }

    /** Inserts {@code element} at the head. */
    public void addFirst(E element) {
        add(0, element);
    }

    /** Adds {@code element} at the end. */
    public void addLast(E element) {
        add(element);
    }

    /** Removes the first element and returns it. */
    public E removeFirst() {
        return polled(End.HEAD);
    }

    /** Removes the last element and returns it. */
    public E removeLast() {
        return polled(End.TAIL);
    }

    /** Looks for {@code candidate} on the server. O(n). */
    @Override
    public boolean contains(@Nullable Object candidate) {
        return positions("contains", candidate, 1).findAny().isPresent();
    }

    /** Whether all of {@code candidates} are there at one moment. O(n); at most 1,000,000 elements. */
    @Override
    public boolean containsAll(Collection<?> candidates) {
        return containsAll("containsAll", Slice.all(), candidates);
    }

    /** Looks for {@code candidate} on the server. O(n). */
    @Override
    public int indexOf(@Nullable Object candidate) {
        return positions("indexOf", candidate, 1).findFirst().orElse(-1);
    }

    /** Looks for {@code candidate} on the server, from the end. O(n). */
    @Override
    public int lastIndexOf(@Nullable Object candidate) {
        inefficient("lastIndexOf");
        byte[] element = elements.tryEncode(candidate);
        return element == null
                ? -1
                : stored.lastPosition(element).stream()
                        .mapToInt(Math::toIntExact)
                        .findFirst()
                        .orElse(-1);
    }

    /** How many elements equal {@code candidate}. O(n), on the server. */
    public int count(@Nullable Object candidate) {
        return (int) positions("count", candidate, 0).count();
    }

    /** A copy of the elements of {@code slice}. O(n) in what lies between its bounds. */
    public List<E> slice(Slice slice) {
        tell("slice", slice);
        return decodeAll(stored.slice(slice));
    }

    /**
     * Replaces the elements of {@code slice} by {@code replacement}, which may have another number of elements if the
     * step is 1. {@code setSlice(Slice.of(i, i), c)} inserts. O(n) in what is to be replaced, and in the elements
     * before or behind it, whichever are fewer.
     *
     * @throws IllegalArgumentException if the step is not 1, and {@code replacement} has not as many elements as the
     *     slice; nothing was changed
     */
    public void setSlice(Slice slice, Collection<? extends E> replacement) {
        tell("setSlice", slice);
        stored.replace(slice, encodeAll(replacement));
    }

    /** Removes the elements of {@code slice}. Costs as much as {@link #setSlice}. */
    public void deleteSlice(Slice slice) {
        tell("deleteSlice", slice);
        stored.remove(slice);
    }

    /** A copy of all elements at one moment. O(n); at most 1,000,000 elements. */
    @JsonValue
    public List<E> toList() {
        inefficient("toList");
        return decodeAll(stored.snapshot());
    }

    @Override
    public Object[] toArray() {
        return toList().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return toList().toArray(array);
    }

    /** Reads a page of 1,000 elements at a time. */
    @Override
    public Iterator<E> iterator() {
        return listIterator();
    }

    /** Reads a page of 1,000 elements at a time, and one more round trip to check {@code index} unless that is 0. */
    @Override
    public ListIterator<E> listIterator(int index) {
        if (index != 0) {
            int size = size();
            if (index < 0 || index > size) {
                missing(index, size);
            }
        }
        return listIterator(0, () -> Integer.MAX_VALUE, by -> {}, index);
    }

    /**
     * A live view between two indexes; making it takes a round trip. The bounds follow what is inserted and removed
     * through the view, and nothing else: if others insert elements before it, it shows the elements that are between
     * the same indexes then.
     */
    @Override
    public List<E> subList(int from, int to) {
        checkRange(from, to, size());
        return new ListRange<>(this, null, from, to - from);
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.CONCURRENT);
    }

    /**
     * Whether {@code other} is a list with the same elements. O(n), unless it is a handle of the same key. Each of two
     * lists in Redis is read at a moment of its own.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof List<?> list)) {
            return false;
        }
        if (list instanceof RedisList<?> that && key.equals(that.key) && elements.sameAs(that.elements)) {
            return true;
        }
        inefficient("equals");
        return decodeAll(stored.snapshot())
                .equals(list instanceof RedisList<?> that ? that.decodeAll(that.stored.snapshot()) : list);
    }

    /** The hash code of the elements, as {@link List#hashCode} has it. O(n). */
    @Override
    public int hashCode() {
        inefficient("hashCode");
        return decodeAll(stored.snapshot()).hashCode();
    }

    /** The first 1,000 elements, and how many more there are. */
    @Override
    public String toString() {
        List<String> printed = new ArrayList<>();
        stored.range(0, MAX_PRINTED).forEach(element -> printed.add(String.valueOf(decode(element))));
        if (printed.size() > MAX_PRINTED) {
            printed.set(MAX_PRINTED, "... " + Math.max(1, stored.size() - MAX_PRINTED) + " more");
        }
        return printed.toString();
    }

    @Override
    protected void removeRange(int from, int to) {
        long length = stored.splice(from, to, List.of());
        if (to > length) {
            missing(to, length);
        }
    }

    int insertAll(int index, Collection<? extends E> added) {
        List<byte[]> encoded = encodeAll(added);
        long length = index < 0 ? size() : stored.splice(index, index, encoded);
        if (index < 0 || index > length) {
            missing(index, length);
        }
        return encoded.size();
    }

    StoredList stored() {
        return stored;
    }

    KeyCodec<E> elements() {
        return elements;
    }

    /** A slice without any bound is the whole list. */
    private void tell(String call, Slice slice) {
        if (slice.start() == null && slice.stop() == null) {
            inefficient(call);
        }
    }

    void inefficient(String call) {
        listener.onInefficientAccess(owner + "." + call, key.name());
    }

    ListIterator<E> listIterator(int offset, IntSupplier limit, IntConsumer resized, int index) {
        inefficient("iterator");
        return new ElementIterator<>(stored, elements, offset, limit, resized, index);
    }

    IntStream positions(String call, @Nullable Object candidate, int count) {
        inefficient(call);
        byte[] element = elements.tryEncode(candidate);
        return element == null
                ? IntStream.empty()
                : stored.positions(element, count).stream().mapToInt(Math::toIntExact);
    }

    boolean containsAll(String call, Slice part, Collection<?> candidates) {
        inefficient(call);
        List<byte[]> wanted = elements.encodeAllOrNone(candidates);
        return wanted != null && (wanted.isEmpty() || wanted.stream().allMatch(isAmong(stored.slice(part))));
    }

    Predicate<byte[]> isAmong(List<byte[]> encoded) {
        Set<ByteBuffer> texts = encoded.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
        return element -> texts.contains(ByteBuffer.wrap(element));
    }

    UnaryOperator<List<byte[]>> without(Predicate<? super E> filter) {
        return read ->
                read.stream().filter(element -> !filter.test(decode(element))).toList();
    }

    UnaryOperator<List<byte[]>> replaced(UnaryOperator<E> operator) {
        return read -> read.stream()
                .map(element -> elements.encode(operator.apply(decode(element))))
                .toList();
    }

    UnaryOperator<List<byte[]>> sorted(@Nullable Comparator<? super E> order) {
        return read -> {
            List<E> values = decodeAll(read);
            List<Integer> indexes =
                    new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
            indexes.sort(Comparator.comparing(values::get, orNatural(order)));
            return indexes.stream().map(read::get).toList();
        };
    }

    @SuppressWarnings("unchecked") // List.sort(null) demands elements that are Comparable
    private static <E> Comparator<? super E> orNatural(@Nullable Comparator<? super E> order) {
        return order == null ? (Comparator<E>) Comparator.naturalOrder() : order;
    }

    private StoredList.Rewritten rewrite(String call, UnaryOperator<List<byte[]>> rewriter) {
        inefficient(call);
        return stored.rewrite(Slice.all(), rewriter);
    }

    private void append(List<byte[]> encoded) {
        if (stored.maxLength().isEmpty()) {
            stored.push(End.TAIL, encoded);
        } else {
            stored.replace(Slice.from(Integer.MAX_VALUE), encoded);
        }
    }

    private E former(int index, Found found) {
        return found.element() == null ? missing(index, found.length()) : decodeFormer(found.element());
    }

    private Found nothing() {
        return new Found(null, stored.size());
    }

    /** Checks an index of this list, or of a part of it that has {@code size} elements. */
    int checkIndex(int index, int size) {
        return index < 0 || index >= size ? missing(index, size) : index;
    }

    void checkRange(int from, int to, int size) {
        if (from < 0 || from > to || to > size) {
            throw new IndexOutOfBoundsException(
                    "%s has no range from index %d to %d: it has %d elements".formatted(key, from, to, size));
        }
    }

    private <T> T missing(int index, long length) {
        throw new IndexOutOfBoundsException("%s has no index %d: it has %d elements%s"
                .formatted(key, index, length, index < 0 && -index <= length ? "; at() counts from the end" : ""));
    }

    private E firstOrLast(byte @Nullable [] element) {
        if (element == null) {
            throw new NoSuchElementException("%s is empty".formatted(key));
        }
        return decode(element);
    }

    private E polled(End end) {
        byte[] element = stored.poll(end);
        if (element == null) {
            throw new NoSuchElementException("%s is empty".formatted(key));
        }
        return decodeFormer(element);
    }

    @SuppressWarnings("NullAway") // a null that others wrote is shown
    private E decode(byte[] element) {
        return elements.decode(element);
    }

    @SuppressWarnings("NullAway") // a null that others wrote is shown
    private E decodeFormer(byte[] element) {
        return elements.decodeFormer(element);
    }

    List<byte[]> encodeAll(Collection<? extends E> added) {
        return new ArrayList<>(added).stream().map(elements::encode).toList(); // copied at one moment, if it is a list
    }

    List<byte[]> tryEncodeAll(Collection<?> candidates) {
        return elements.tryEncodeAll(candidates);
    }

    private List<E> decodeAll(List<byte[]> encoded) {
        List<E> copy = new ArrayList<>(encoded.size());
        encoded.forEach(element -> copy.add(decode(element)));
        return copy;
    }
}
