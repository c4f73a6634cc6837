package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.Codec;
import io.pottery.collection.StoredList.End;
import io.pottery.error.KeyExistsException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A {@link Deque} whose elements live in a Redis list; Python Pottery's {@code RedisDeque} on the same bytes.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise. Elements must not be
 * null. Nothing here waits for elements.
 *
 * <p>A <b>maximum length</b> belongs to this object, and not to the list in Redis: give it to every handle. With one,
 * what is added at one end pushes what is too many off the other, in the same step; a maximum of 0 keeps the deque
 * empty. An addition that finds more elements than the maximum, because others have added them, changes nothing and
 * throws {@link IllegalStateException}.
 *
 * <p>Iterators are those of {@link RedisList}. Two deques are equal if they have the same elements in the same order;
 * no other collection is equal to a deque, as no {@code List} could be equal to it in return.
 *
 * @param <E> the type of the elements
 */
public final class RedisDeque<E> extends AbstractCollection<E> implements Deque<E>, RedisContainer {

    private final RedisKey key;
    private final KeyCodec<E> elements;
    private final InefficientAccessListener listener;
    private final StoredList stored;
    private final RedisList<E> list;

    /** Opens the list at {@code key}, without a maximum; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public RedisDeque(RedisKey key, Codec<E> elements, InefficientAccessListener listener) {
        this(key, new KeyCodec<>(key, "An element", elements), listener, OptionalInt.empty());
    }

    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    private RedisDeque(RedisKey key, KeyCodec<E> elements, InefficientAccessListener listener, OptionalInt maxLength) {
        this.key = key;
        this.elements = elements;
        this.listener = listener;
        this.stored = new StoredList(key, maxLength);
        this.list = new RedisList<>("RedisDeque", key, stored, elements, listener);
    }

    /**
     * The same deque with a maximum length; sends nothing.
     *
     * @param maxLength how many elements it has at the most; 0 keeps it empty
     */
    public RedisDeque<E> withMaxLength(int maxLength) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("The maximum length of %s must not be negative, was %d; 0 keeps it empty"
                    .formatted(key, maxLength));
        }
        return new RedisDeque<>(key, elements, listener, OptionalInt.of(maxLength));
    }

    @Override
    public String key() {
        return key.name();
    }

    @Override
    public RedisTemplate<String, byte[]> redis() {
        return key.redis();
    }

    /** How many elements this deque has at the most; empty if there is no maximum. */
    public OptionalInt maxLength() {
        return stored.maxLength();
    }

    /**
     * Puts all of {@code initial}, or the last of them up to the maximum length, into this deque in one step, if its
     * key does not exist yet. O(n).
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if the elements are more than 1,000,000 or 64 MiB
     */
    public void populate(Collection<? extends E> initial) {
        stored.populate(stored.lastUpToMaximum(list.encodeAll(initial)));
    }

    /** The number of elements; {@link Integer#MAX_VALUE} if there are more. */
    @Override
    public int size() {
        return list.size();
    }

    /**
     * The element at {@code index}, which counts from the end if it is below zero. O(n) on the server in the middle.
     *
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public E get(int index) {
        return list.at(index);
    }

    /**
     * A live view as a list, with all that a {@link RedisList} can do, slices included. What would make the deque
     * longer than its maximum is refused with {@link IllegalStateException}: nothing falls off an end there.
     */
    public RedisList<E> asList() {
        return list;
    }

    @Override
    public void addFirst(E element) {
        stored.push(End.HEAD, elements.encode(element));
    }

    @Override
    public void addLast(E element) {
        stored.push(End.TAIL, elements.encode(element));
    }

    /** Adds {@code element} at the head; false if the maximum length is 0. */
    @Override
    public boolean offerFirst(E element) {
        addFirst(element);
        return isOpen();
    }

    /** Adds {@code element} at the end; false if the maximum length is 0. */
    @Override
    public boolean offerLast(E element) {
        addLast(element);
        return isOpen();
    }

    /**
     * Adds {@code element} at the end; true even if the maximum length is 0, as {@link java.util.Queue#add} demands.
     */
    @Override
    public boolean add(E element) {
        addLast(element);
        return true;
    }

    @Override
    public boolean offer(E element) {
        return offerLast(element);
    }

    @Override
    public void push(E element) {
        addFirst(element);
    }

    /**
     * Adds all of {@code added} at the end, in their order. With a maximum length in one step. Without one, a step
     * takes 1,000 elements or 512 KiB; beyond that they are added in chunks that are atomic each.
     */
    @Override
    public boolean addAll(Collection<? extends E> added) {
        return pushAll(End.TAIL, added);
    }

    /** Adds each of {@code added} at the head in turn, so that the last of them comes first; like {@link #addAll}. */
    public boolean addAllFirst(Collection<? extends E> added) {
        return pushAll(End.HEAD, added);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was removed cannot be read
     */
    @Override
    public @Nullable E pollFirst() {
        return elements.decodeFormer(stored.poll(End.HEAD));
    }

    /**
     * {@inheritDoc}
     *
     * @throws UndecodableValueException if what was removed cannot be read
     */
    @Override
    public @Nullable E pollLast() {
        return elements.decodeFormer(stored.poll(End.TAIL));
    }

    @Override
    public @Nullable E poll() {
        return pollFirst();
    }

    @Override
    public E removeFirst() {
        return list.removeFirst();
    }

    @Override
    public E removeLast() {
        return list.removeLast();
    }

    @Override
    public E remove() {
        return removeFirst();
    }

    @Override
    public E pop() {
        return removeFirst();
    }

    @Override
    public @Nullable E peekFirst() {
        return elements.decode(stored.get(0));
    }

    @Override
    public @Nullable E peekLast() {
        return elements.decode(stored.get(-1));
    }

    @Override
    public @Nullable E peek() {
        return peekFirst();
    }

    @Override
    public E getFirst() {
        return list.getFirst();
    }

    @Override
    public E getLast() {
        return list.getLast();
    }

    @Override
    public E element() {
        return getFirst();
    }

    /**
     * Moves {@code steps} elements from the end to the head; below zero, from the head to the end. It may be more than
     * there are. O(steps), on the server; at most 1,000,000 elements are moved, from the end that is nearer.
     */
    public void rotate(int steps) {
        list.inefficient("rotate");
        stored.rotate(steps);
    }

    /** Looks for {@code candidate} on the server. O(n). */
    @Override
    public boolean contains(@Nullable Object candidate) {
        return list.contains(candidate);
    }

    /** Removes the first element that equals {@code candidate}. O(n) on the server. */
    @Override
    public boolean remove(@Nullable Object candidate) {
        return list.remove(candidate);
    }

    /** Removes the first element that equals {@code candidate}. O(n) on the server. */
    @Override
    public boolean removeFirstOccurrence(@Nullable Object candidate) {
        return list.remove(candidate);
    }

    /** Removes the last element that equals {@code candidate}. O(n) on the server. */
    @Override
    public boolean removeLastOccurrence(@Nullable Object candidate) {
        list.inefficient("removeLastOccurrence");
        byte[] element = elements.tryEncode(candidate);
        return element != null && stored.removeEqual(element, -1);
    }

    /** Whether all of {@code candidates} are there at one moment. O(n); at most 1,000,000 elements. */
    @Override
    public boolean containsAll(Collection<?> candidates) {
        return list.containsAll(candidates);
    }

    /** Removes every element that equals one of {@code removed}, in one step. O(n). */
    @Override
    public boolean removeAll(Collection<?> removed) {
        return list.removeAll(removed);
    }

    /** Removes every element that equals none of {@code retained}, in one step. O(n). */
    @Override
    public boolean retainAll(Collection<?> retained) {
        return list.retainAll(retained);
    }

    /** Removes what {@code filter} accepts, in one step like {@link RedisList#removeIf}. O(n). */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        return list.removeIf(requireNonNull(filter));
    }

    @Override
    public void clear() {
        list.clear();
    }

    /** A copy of all elements at one moment. O(n); at most 1,000,000 elements. */
    @JsonValue
    public List<E> toList() {
        return list.toList();
    }

    @Override
    public Object[] toArray() {
        return list.toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return list.toArray(array);
    }

    /** Reads a page of 1,000 elements at a time. */
    @Override
    public Iterator<E> iterator() {
        return list.iterator();
    }

    /** Reads a page of 1,000 elements at a time, and the number of elements before. */
    @Override
    public Iterator<E> descendingIterator() {
        ListIterator<E> iterator = list.listIterator(0, () -> Integer.MAX_VALUE, by -> {}, size());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasPrevious();
            }

            @Override
            public E next() {
                return iterator.previous();
            }

            @Override
            public void remove() {
                iterator.remove();
            }
        };
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<E> spliterator() {
        return list.spliterator();
    }

    /**
     * Whether {@code other} is a deque in Redis with the same elements. O(n), unless it is a handle of the same key.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof RedisDeque<?> that && list.equals(that.list));
    }

    /** The hash code of the elements, as {@link List#hashCode} has it. O(n). */
    @Override
    public int hashCode() {
        return list.hashCode();
    }

    /** The first 1,000 elements, and how many more there are. */
    @Override
    public String toString() {
        return list.toString();
    }

    private boolean isOpen() {
        return maxLength().orElse(1) > 0;
    }

    private boolean pushAll(End end, Collection<? extends E> added) {
        List<byte[]> encoded = list.encodeAll(added);
        stored.push(end, encoded);
        return !encoded.isEmpty() && isOpen();
    }
}
