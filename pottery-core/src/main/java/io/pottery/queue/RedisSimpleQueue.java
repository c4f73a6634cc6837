package io.pottery.queue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import io.pottery.error.QueueEmptyException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import io.pottery.queue.StoredQueue.Fate;
import io.pottery.queue.StoredQueue.IfFull;
import io.pottery.queue.StoredQueue.Page;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A {@link BlockingQueue} in a Redis stream, for many producers and many consumers on any number of machines; Python
 * Pottery's {@code RedisSimpleQueue} on the same bytes. Elements come out in the order in which they were put, by
 * whomever, and outlive every process.
 *
 * <p><b>Nothing is lost.</b> An element that {@code put} has returned for is delivered. {@link #take}, {@link #poll()}
 * and {@link #drainTo(Collection)} confirm what they return as they return it; a reply that gets lost on the way gives
 * the element back. What is done with an element afterwards is the caller's: to have it delivered again if that fails,
 * or if the process dies over it, {@link #receive()} it, and acknowledge it when it is done.
 *
 * <p><b>Waiting</b> needs no thread and asks for nothing: all threads of this process that wait for elements of this
 * queue share one connection, and the server wakes one of them with the element. While Redis cannot be reached, they go
 * on waiting; a call with a timeout then fails at the end of it. It needs Lettuce; everything else does without.
 *
 * <p>Elements that are handed out, but not confirmed, are not in the queue: neither {@code size} counts them, nor do
 * iterators show them. A Python consumer does not know of that, and may take what a consumer here has and has not
 * confirmed. What was given back comes before all others.
 *
 * <p>Each call is one atomic step on the server and one round trip, unless it says otherwise; what is confirmed is told
 * behind, and not waited for. Elements must not be null. Puts and takes are never sent twice: one that is cut off fails
 * with a {@link PotteryException} that says whether it may have been done. An element that cannot be read fails the
 * call, and is delivered again after the visibility timeout, until it goes to the dead letters, if there are such. Two
 * queues are equal if they are handles of the same key.
 *
 * @param <E> the type of the elements
 */
public final class RedisSimpleQueue<E> extends AbstractQueue<E> implements BlockingQueue<E>, RedisContainer {

    private static final int PAGE = 1_000;
    private static final int MAX_PRINTED = 1_000;

    private final Line line;
    private final KeyCodec<E> elements;
    private final InefficientAccessListener listener;

    /** Opens the queue; sends nothing. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    RedisSimpleQueue(Line line, Codec<E> elements, InefficientAccessListener listener) {
        this.line = line;
        this.elements = new KeyCodec<>(line.key(), "An element", elements);
        this.listener = listener;
    }

    @Override
    public String key() {
        return line.key().name();
    }

    @Override
    public RedisTemplate<String, byte[]> redis() {
        return line.key().redis();
    }

    /** How this handle behaves. */
    public QueueOptions options() {
        return line.options;
    }

    /**
     * Puts {@code element} behind all others; with a capacity, waits until there is room.
     *
     * @throws InterruptedException if the thread is interrupted; nothing was put
     * @throws PotteryException if Redis cannot be reached; the message says if it may have been put all the same
     */
    @Override
    public void put(E element) throws InterruptedException {
        if (!put(element, null)) {
            throw interrupted();
        }
    }

    /** Puts {@code element} behind all others; false if there is no room. */
    @Override
    public boolean offer(E element) {
        List<String> items = List.of(encode(element));
        return line.await(() -> line.stored.offer(items, IfFull.SOME)) == 1;
    }

    /** Puts {@code element} behind all others; false if there is no room by {@code timeout}. */
    @Override
    public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Duration within = Duration.ofNanos(unit.toNanos(timeout));
        if (within.isZero() || within.isNegative()) {
            requireUninterrupted();
            return offer(element);
        }
        return put(element, within);
    }

    private boolean put(E element, @Nullable Duration timeout) throws InterruptedException {
        String item = encode(element);
        requireUninterrupted();
        boolean put = timeout == null && !line.options.isBounded()
                ? line.await(() -> line.stored.offer(List.of(item), IfFull.SOME)) == 1
                : line.awaitInterruptibly(() -> line.producers.put(item, timeout));
        if (!put && Thread.interrupted()) {
            throw interrupted();
        }
        return put;
    }

    /**
     * Puts all of {@code added} behind all others, in their order. One step takes 1,000 elements or 512 KiB, and puts
     * all of them or, if there is no room, none; beyond that they are put in chunks that are such steps each, one after
     * the other.
     *
     * @throws IllegalStateException if there is no room for all; of a later chunk, those before stay
     */
    @Override
    public boolean addAll(Collection<? extends E> added) {
        if (added == this) {
            throw new IllegalArgumentException("A queue cannot be added to itself");
        }
        List<byte[]> encoded = new ArrayList<>();
        for (E element : List.copyOf(added)) {
            encoded.add(elements.encode(element));
        }
        for (List<byte[]> chunk : Chunks.of(encoded, 1)) {
            List<String> items = chunk.stream().map(StoredQueue::text).toList();
            if (line.await(() -> line.stored.offer(items, IfFull.ALL)) == 0) {
                throw new IllegalStateException(
                        "%s has no room for all of them (its capacity is %d), so these were not put: take some, or put() them, which waits"
                                .formatted(line.key(), line.options.capacity()));
            }
        }
        return !encoded.isEmpty();
    }

    /**
     * Waits for an element, and takes it. While Redis cannot be reached, it goes on waiting.
     *
     * @throws InterruptedException if the thread is interrupted; nothing was taken
     */
    @Override
    public E take() throws InterruptedException {
        return requireNonNull(confirmed(await(null)));
    }

    /** Takes the first element; null if there is none. */
    @Override
    public @Nullable E poll() {
        return confirmed(line.await(() -> line.consumers.take(1, Duration.ZERO)));
    }

    /**
     * Takes the first element, and waits for one until {@code timeout}; null if there is none by then. Zero or less
     * does not wait.
     *
     * @throws PotteryException if Redis cannot be reached at the end
     */
    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return confirmed(await(Duration.ofNanos(unit.toNanos(timeout))));
    }

    /**
     * Takes the first element.
     *
     * @throws QueueEmptyException if there is none
     */
    @Override
    public E remove() {
        E first = poll();
        if (first == null) {
            throw empty();
        }
        return first;
    }

    /**
     * Waits for an element, and takes it until it is acknowledged or given back. While Redis cannot be reached, it goes
     * on waiting.
     *
     * @throws InterruptedException if the thread is interrupted; nothing was taken
     */
    public Delivery<E> receive() throws InterruptedException {
        return delivery(await(null)).orElseThrow();
    }

    /**
     * Takes the first element until it is acknowledged or given back, and waits for one until {@code timeout}; empty if
     * there is none by then. Zero does not wait.
     *
     * @throws PotteryException if Redis cannot be reached at the end
     */
    public Optional<Delivery<E>> receive(Duration timeout) throws InterruptedException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must not be negative, was %s: use receive() to wait for ever".formatted(timeout));
        }
        return delivery(await(timeout));
    }

    private List<Handed> await(@Nullable Duration timeout) throws InterruptedException {
        Duration within = timeout != null && timeout.isNegative() ? Duration.ZERO : timeout;
        return line.awaitInterruptibly(() -> line.consumers.take(1, within));
    }

    private @Nullable E confirmed(List<Handed> handed) {
        if (handed.isEmpty()) {
            return null;
        }
        E element = decode(handed.get(0));
        line.settlements.settle(handed.get(0), Fate.ACK);
        return element;
    }

    private Optional<Delivery<E>> delivery(List<Handed> handed) {
        return handed.stream().findFirst().map(first -> new Delivery<>(line, first, decode(first)));
    }

    /** Takes all elements. A round trip for each 1,000 or 512 KiB. */
    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Takes up to {@code maxElements}. A round trip for each 1,000 or 512 KiB. What {@code target} does not accept, or
     * cannot be read, and what is behind it in such a step is given back.
     */
    @Override
    public int drainTo(Collection<? super E> target, int maxElements) {
        requireNonNull(target, "target must not be null");
        if (target == this) {
            throw new IllegalArgumentException("A queue cannot be drained to itself");
        }
        int drained = 0;
        while (drained < maxElements) {
            int most = Math.min(maxElements - drained, PAGE);
            List<Handed> some = line.await(() -> line.consumers.take(most, Duration.ZERO));
            moveTo(target, some);
            drained += some.size();
            boolean all = some.size() < most
                    && some.stream().mapToInt(each -> each.item.length()).sum() < StoredQueue.MAX_BYTES;
            if (all) {
                break;
            }
        }
        return drained;
    }

    private void moveTo(Collection<? super E> target, List<Handed> some) {
        int accepted = 0;
        int read = 0;
        try {
            for (Handed each : some) {
                read++;
                E element = decode(each);
                read--;
                target.add(element);
                read++;
                accepted++;
            }
        } finally {
            line.settlements.acknowledge(some.subList(0, accepted));
            line.consumers.giveBack(some.subList(read, some.size()));
        }
    }

    /** The first element, which stays; null if there is none. */
    @Override
    public @Nullable E peek() {
        List<byte[]> items = line.stored.page(1).items();
        return items.isEmpty() ? null : decode(items.get(0));
    }

    /**
     * The first element, which stays.
     *
     * @throws QueueEmptyException if there is none
     */
    @Override
    public E element() {
        E first = peek();
        if (first == null) {
            throw empty();
        }
        return first;
    }

    /** How many elements wait; {@link Integer#MAX_VALUE} if there are more. */
    @Override
    public int size() {
        return (int) Math.min(line.stored.size(), Integer.MAX_VALUE);
    }

    /** How many more elements there is room for just now; {@link Integer#MAX_VALUE} without a capacity. */
    @Override
    public int remainingCapacity() {
        return line.options.isBounded() ? Math.max(0, line.options.capacity() - size()) : Integer.MAX_VALUE;
    }

    /** Looks for {@code candidate} among those that wait, on the server. O(n). */
    @Override
    public boolean contains(@Nullable Object candidate) {
        inefficient("contains");
        byte[] item = elements.tryEncode(candidate);
        return item != null && line.stored.contains(item);
    }

    /** Removes the first of those that wait and equal {@code candidate}. O(n) on the server. */
    @Override
    public boolean remove(@Nullable Object candidate) {
        inefficient("remove");
        byte[] item = elements.tryEncode(candidate);
        return item != null && line.stored.removeFirst(item);
    }

    /** Removes those that wait and equal one of {@code removed}. O(n): two round trips for each 1,000 elements. */
    @Override
    public boolean removeAll(Collection<?> removed) {
        Set<String> items = itemsOf(removed);
        return removeItems("removeAll", items::contains);
    }

    /** Removes those that wait and equal none of {@code retained}. O(n): two round trips for each 1,000 elements. */
    @Override
    public boolean retainAll(Collection<?> retained) {
        Set<String> items = itemsOf(retained);
        return removeItems("retainAll", item -> !items.contains(item));
    }

    /** Removes those that wait and that {@code filter} accepts. O(n): two round trips for each 1,000 elements. */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        requireNonNull(filter);
        return removeItems("removeIf", item -> filter.test(decode(StoredQueue.bytes(item))));
    }

    private Set<String> itemsOf(Collection<?> candidates) {
        return elements.tryEncodeAll(candidates).stream().map(StoredQueue::text).collect(Collectors.toSet());
    }

    private boolean removeItems(String call, Predicate<String> filter) {
        inefficient(call);
        long removed = 0;
        Page page = line.stored.page(PAGE);
        while (true) {
            List<byte[]> ids = new ArrayList<>();
            for (int i = 0; i < page.ids().size(); i++) {
                if (filter.test(StoredQueue.text(page.items().get(i)))) {
                    ids.add(page.ids().get(i));
                }
            }
            removed += line.stored.remove(ids);
            if (page.next().length == 0) {
                return removed > 0;
            }
            page = line.stored.page(page.next(), PAGE);
        }
    }

    /**
     * Removes all elements, those too that are handed out and not confirmed: they are not delivered again, and cannot
     * be acknowledged any more.
     */
    @Override
    public void clear() {
        line.stored.clear();
    }

    /** A copy of all elements that wait, at one moment. O(n); at most 1,000,000 elements. */
    @JsonValue
    public List<E> toList() {
        inefficient("toList");
        List<E> copy = new ArrayList<>();
        for (byte[] item : line.stored.snapshot()) {
            copy.add(decode(item));
        }
        return copy;
    }

    @Override
    public Object[] toArray() {
        return toList().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return toList().toArray(array);
    }

    /**
     * Reads a page of 1,000 elements at a time. Shows what waits throughout, once, and may or may not show what is put
     * or taken meanwhile.
     */
    @Override
    public Iterator<E> iterator() {
        return new Pages();
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.CONCURRENT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisSimpleQueue<?> that && line.key().equals(that.line.key());
    }

    @Override
    public int hashCode() {
        return line.key().hashCode();
    }

    /** The first 1,000 elements, and how many more there are. */
    @Override
    public String toString() {
        List<String> printed = new ArrayList<>();
        line.stored.page(MAX_PRINTED + 1).items().forEach(item -> printed.add(String.valueOf(elements.decode(item))));
        if (printed.size() > MAX_PRINTED) {
            printed.set(MAX_PRINTED, "... " + Math.max(1, line.stored.size() - MAX_PRINTED) + " more");
        }
        return printed.toString();
    }

    private String encode(E element) {
        return StoredQueue.text(elements.encode(element));
    }

    /** The element; one that cannot be read is left to itself, and so delivered again. */
    private E decode(Handed handed) {
        try {
            return decode(StoredQueue.bytes(handed.item));
        } catch (UndecodableValueException e) {
            line.held.remove(handed);
            throw e;
        }
    }

    private E decode(byte[] item) {
        E element = elements.decode(item);
        if (element == null) {
            throw new UndecodableValueException(
                    "An element at %s is null, which no queue of Java's can hold: have others put something else"
                            .formatted(line.key()),
                    null);
        }
        return element;
    }

    private QueueEmptyException empty() {
        return new QueueEmptyException(
                "%s has no element: use take() or poll(timeout) to wait for one".formatted(line.key()));
    }

    private void inefficient(String call) {
        listener.onInefficientAccess("RedisSimpleQueue.%s()".formatted(call), key());
    }

    private static void requireUninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw interrupted();
        }
    }

    private static InterruptedException interrupted() {
        return new InterruptedException("Interrupted, so nothing was put");
    }

    private final class Pages implements Iterator<E> {

        private Page page = line.stored.page(PAGE);
        private int next;
        private byte @Nullable [] last;

        @Override
        public boolean hasNext() {
            while (next == page.ids().size() && page.next().length > 0) {
                page = line.stored.page(page.next(), PAGE);
                next = 0;
            }
            return next < page.ids().size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException("%s has no further element".formatted(line.key()));
            }
            last = page.ids().get(next);
            return decode(page.items().get(next++));
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("next() must be called before remove()");
            }
            line.stored.remove(List.of(last));
            last = null;
        }
    }
}
