package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.InefficientAccessListener;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ConcurrentMap} of elements and how often they were counted, in a Redis hash; Python Pottery's
 * {@code RedisCounter} on the same bytes.
 *
 * <p>All that {@link RedisDict} says holds here, too. {@link #increment} is one command, and exact whoever else counts.
 * Counts may be zero or negative, and then are entries like any other; what has no entry counts as 0, and so does a
 * JSON {@code null} that others wrote. Only the methods that are named {@code ...InPlace} take away entries that are
 * not positive.
 *
 * <p>Counts have 64 bits. What would go beyond is refused with an {@link ArithmeticException} and changes nothing.
 * Whole numbers that Python has written as floats ({@code 3.0}, {@code 1e+16}) are read exactly and written back as
 * integers; on a count that is none, such as {@code 2.5}, every call that needs it throws
 * {@link UndecodableValueException} and changes nothing. Counting on such a float, on blanks around a number or on
 * {@code null} takes two round trips more, three among others.
 *
 * <p>The other counters that methods take may be any map, this one too. A {@link RedisDict} is read once, before
 * anything is changed.
 *
 * @param <E> the type of the elements
 */
public final class RedisCounter<E> extends RedisDict<E, Long> {

    /** Opens the hash at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public RedisCounter(
            RedisKey key,
            Codec<E> elements,
            Codec<Long> integers,
            Codec<Double> floats,
            InefficientAccessListener listener) {
        super(key, elements, new CountCodec(integers, floats), listener, "RedisCounter");
    }

    /**
     * Counts {@code elements} and puts their counts into this counter in one step, if its key does not exist yet. O(n).
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if there are more than 1,000,000 different ones, or 64 MiB of them
     */
    public void populate(Collection<? extends E> elements) {
        hash().populate(encoded(counted(elements)));
    }

    /** How often {@code element} was counted; 0 if it has no entry. */
    public long count(@Nullable Object element) {
        return orZero(get(element));
    }

    /** Counts {@code element} once more and returns its new count. */
    public long increment(E element) {
        return increment(element, 1);
    }

    /**
     * Adds {@code by} to the count of {@code element} and returns its new count.
     *
     * @throws ArithmeticException if the count would no longer fit into 64 bits; nothing was changed
     */
    public long increment(E element, long by) {
        byte[] field = keyCodec().encode(element);
        Optional<Long> count = hash().increment(field, by);
        return count.isPresent()
                ? count.get()
                : orZero(exchange(field, hash().get(field), stored -> exact(Math::addExact, orZero(stored), by)));
    }

    /** Counts {@code element} once less and returns its new count, which may be negative. */
    public long decrement(E element) {
        return increment(element, -1);
    }

    /**
     * Takes {@code by} from the count of {@code element} and returns its new count, which may be negative.
     *
     * @throws ArithmeticException if the count would no longer fit into 64 bits, or {@code by} is
     *     {@link Long#MIN_VALUE}; nothing was changed
     */
    public long decrement(E element, long by) {
        return increment(element, negated(by));
    }

    /**
     * Counts each of {@code elements} once more, as often as it comes. One step for all of them: they are counted here
     * and sent together. O(n).
     *
     * @throws ArithmeticException if a count would no longer fit into 64 bits; nothing was changed
     * @throws IllegalArgumentException if there are more than 1,000,000 different ones, or 64 MiB of them
     */
    public void addAll(Collection<? extends E> elements) {
        add(counted(elements));
    }

    /** Adds {@code counts} to those here, like {@link #addAll(Collection)}. */
    public void addAll(Map<? extends E, Long> counts) {
        add(countsIn(counts));
    }

    /** Counts each of {@code elements} once less, as often as it comes, like {@link #addAll(Collection)}. */
    public void subtract(Collection<? extends E> elements) {
        add(negated(counted(elements)));
    }

    /** Takes {@code counts} from those here, like {@link #addAll(Collection)}. */
    public void subtract(Map<? extends E, Long> counts) {
        add(negated(countsIn(counts)));
    }

    /** Every element as often as it was counted, from one moment, which is that of this call. O(n). */
    public Stream<E> elements() {
        inefficient("elements");
        return StreamSupport.stream(new Repetition<>(entries().iterator()), false);
    }

    /**
     * The sum of all counts at one moment. O(n).
     *
     * @throws ArithmeticException if it does not fit into 64 bits
     */
    public long total() {
        inefficient("total");
        BigInteger total = counts().values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (total.bitLength() >= Long.SIZE) {
            throw new ArithmeticException(
                    "The total of '%s' does not fit into 64 bits: add up what toMap() returns".formatted(key()));
        }
        return total.longValue();
    }

    /** All elements and their counts at one moment, the greatest first; cannot be changed. O(n log n). */
    public List<Entry<E, Long>> mostCommon() {
        return mostCommon(Integer.MAX_VALUE);
    }

    /**
     * The {@code n} elements that were counted most, and their counts, the greatest first; cannot be changed. Reads all
     * counts, O(n log n).
     */
    public List<Entry<E, Long>> mostCommon(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative for '%s', was %d".formatted(key(), n));
        }
        inefficient("mostCommon");
        return entries().stream()
                .sorted(Comparator.comparing(Entry<E, Long>::getValue).reversed())
                .limit(n)
                .toList();
    }

    /**
     * The sums of the counts here and in {@code other}, those above 0. Neither is changed, nor can the result be. O(n).
     *
     * @throws ArithmeticException if a sum does not fit into 64 bits
     */
    public Map<E, Long> plus(Map<? extends E, Long> other) {
        return combined("plus", other, Math::addExact);
    }

    /** The counts here less those in {@code other}, like {@link #plus}. */
    public Map<E, Long> minus(Map<? extends E, Long> other) {
        return combined("minus", other, Math::subtractExact);
    }

    /** The greater of each two counts, like {@link #plus}. */
    public Map<E, Long> union(Map<? extends E, Long> other) {
        return combined("union", other, Math::max);
    }

    /** The smaller of each two counts, like {@link #plus}. */
    public Map<E, Long> intersection(Map<? extends E, Long> other) {
        return combined("intersection", other, Math::min);
    }

    /** The counts above 0, like {@link #plus}. */
    public Map<E, Long> positive() {
        return combined("positive", Map.of(), Math::addExact);
    }

    /** The counts below 0 without their sign, like {@link #plus}. */
    public Map<E, Long> negative() {
        return combined("negative", Map.of(), (mine, none) -> Math.subtractExact(none, mine));
    }

    /**
     * Adds the counts in {@code other} to those here, and takes away every entry that is not above 0. O(n): reads all
     * counts, computes, and writes in one step if nothing has changed meanwhile, else begins anew. Two round trips; one
     * if nothing is to change.
     *
     * @throws ArithmeticException if a sum does not fit into 64 bits; nothing was changed
     */
    public void plusInPlace(Map<? extends E, Long> other) {
        combineInPlace("plusInPlace", other, Math::addExact);
    }

    /** Takes the counts in {@code other} from those here, like {@link #plusInPlace}. */
    public void minusInPlace(Map<? extends E, Long> other) {
        combineInPlace("minusInPlace", other, Math::subtractExact);
    }

    /** Keeps the greater of each two counts, like {@link #plusInPlace}. */
    public void unionInPlace(Map<? extends E, Long> other) {
        combineInPlace("unionInPlace", other, Math::max);
    }

    /** Keeps the smaller of each two counts, like {@link #plusInPlace}. */
    public void intersectionInPlace(Map<? extends E, Long> other) {
        combineInPlace("intersectionInPlace", other, Math::min);
    }

    /** Whether no count here is greater than that in {@code other}; what has no entry counts as 0. O(n). */
    public boolean isSubsetOf(Map<? extends E, Long> other) {
        inefficient("isSubsetOf");
        return isWithin(countsIn(other), counts());
    }

    /** Whether no count here is smaller than that in {@code other}; what has no entry counts as 0. O(n). */
    public boolean isSupersetOf(Map<? extends E, Long> other) {
        inefficient("isSupersetOf");
        return isWithin(counts(), countsIn(other));
    }

    private static boolean isWithin(Map<ByteBuffer, Long> greater, Map<ByteBuffer, Long> smaller) {
        return elementsOf(smaller, greater).stream()
                .allMatch(element -> smaller.getOrDefault(element, 0L) <= greater.getOrDefault(element, 0L));
    }

    private void add(Map<ByteBuffer, Long> more) {
        if (!more.isEmpty() && !hash().addAll(encoded(more))) {
            List<byte[]> fields = more.keySet().stream().map(ByteBuffer::array).toList();
            hash().rewriteOnly(
                            fields,
                            (field, stored) -> valueCodec()
                                    .encode(exact(
                                            Math::addExact,
                                            stored(stored),
                                            more.getOrDefault(ByteBuffer.wrap(field), 0L))));
        }
    }

    private Map<E, Long> combined(String call, Map<? extends E, Long> other, LongBinaryOperator operation) {
        inefficient(call);
        Map<ByteBuffer, Long> theirs = countsIn(other);
        Map<ByteBuffer, Long> mine = counts();
        Map<E, Long> combined = new LinkedHashMap<>();
        for (ByteBuffer element : elementsOf(mine, theirs)) {
            long count = exact(operation, mine.getOrDefault(element, 0L), theirs.getOrDefault(element, 0L));
            if (count > 0) {
                combined.put(keyCodec().decode(element.array()), count);
            }
        }
        return Collections.unmodifiableMap(combined);
    }

    private void combineInPlace(String call, Map<? extends E, Long> other, LongBinaryOperator operation) {
        inefficient(call);
        Map<ByteBuffer, Long> theirs = countsIn(other);
        hash().rewriteWith(theirs.keySet(), (field, stored) -> {
            long mine = stored(stored);
            long count = exact(operation, mine, theirs.getOrDefault(ByteBuffer.wrap(field), 0L));
            if (count > 0) {
                return count == mine ? RedisHash.KEEP : valueCodec().encode(count);
            }
            return stored == RedisHash.ABSENT ? RedisHash.KEEP : RedisHash.REMOVE;
        });
    }

    /** All elements of both, each once. */
    private static Set<ByteBuffer> elementsOf(Map<ByteBuffer, Long> some, Map<ByteBuffer, Long> others) {
        Set<ByteBuffer> elements = new LinkedHashSet<>(some.keySet());
        elements.addAll(others.keySet());
        return elements;
    }

    /** The counts here at one moment, by the bytes of their elements. */
    private Map<ByteBuffer, Long> counts() {
        List<byte[]> snapshot = hash().snapshot();
        Map<ByteBuffer, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < snapshot.size(); i += 2) {
            Long count = valueCodec().decode(snapshot.get(i + 1));
            if (count != null) {
                counts.put(ByteBuffer.wrap(snapshot.get(i)), count);
            }
        }
        return counts;
    }

    private List<Entry<E, Long>> entries() {
        List<Entry<E, Long>> entries = new ArrayList<>();
        counts().forEach((element, count) ->
                entries.add(new SimpleImmutableEntry<>(keyCodec().decode(element.array()), count)));
        return entries;
    }

    /** The counts in {@code other}, by the bytes that their elements have here. */
    private Map<ByteBuffer, Long> countsIn(Map<? extends E, Long> other) {
        requireNonNull(other, "the other counts must not be null");
        if (other instanceof RedisCounter<?> that && keyCodec().sameAs(that.keyCodec())) {
            return that.counts();
        }
        Map<? extends E, Long> source = other;
        if (other instanceof RedisDict<? extends E, Long> dict) {
            source = dict.copy();
            source.values().removeIf(count -> count == null);
        }
        Map<ByteBuffer, Long> counts = new LinkedHashMap<>();
        source.forEach((element, count) -> count(counts, element, count));
        return counts;
    }

    private Map<ByteBuffer, Long> counted(Collection<? extends E> elements) {
        Map<ByteBuffer, Long> counts = new LinkedHashMap<>();
        elements.forEach(element -> count(counts, element, 1L));
        return counts;
    }

    /** Two elements that are not equal may still have the same bytes: 1 and 1L, say. */
    private void count(Map<ByteBuffer, Long> counts, E element, Long by) {
        requireNonNull(by, () -> "A count for '%s' must not be null".formatted(key()));
        counts.merge(
                ByteBuffer.wrap(keyCodec().encode(element)), by, (some, more) -> exact(Math::addExact, some, more));
    }

    private Map<ByteBuffer, Long> negated(Map<ByteBuffer, Long> counts) {
        Map<ByteBuffer, Long> negated = new LinkedHashMap<>();
        counts.forEach((element, count) -> negated.put(element, negated(count)));
        return negated;
    }

    private long negated(long count) {
        return exact(Math::subtractExact, 0, count);
    }

    private List<byte[]> encoded(Map<ByteBuffer, Long> counts) {
        List<byte[]> encoded = new ArrayList<>(2 * counts.size());
        counts.forEach((element, count) -> {
            encoded.add(element.array());
            encoded.add(valueCodec().encode(count));
        });
        return encoded;
    }

    private long stored(byte[] value) {
        return value == RedisHash.ABSENT ? 0 : orZero(valueCodec().decode(value));
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private long exact(LongBinaryOperator operation, long count, long other) {
        try {
            return operation.applyAsLong(count, other);
        } catch (ArithmeticException e) {
            throw new ArithmeticException(
                    "A count at '%s' would not fit into 64 bits, so nothing was changed: use a RedisDict<E, BigInteger>"
                            .formatted(key()));
        }
    }

    /** Shows each element as often as it was counted. */
    private static final class Repetition<E> extends AbstractSpliterator<E> {

        private final Iterator<Entry<E, Long>> entries;
        private @Nullable Entry<E, Long> current;
        private long left;

        Repetition(Iterator<Entry<E, Long>> entries) {
            super(Long.MAX_VALUE, ORDERED);
            this.entries = entries;
        }

        @Override
        public boolean tryAdvance(Consumer<? super E> action) {
            while (current == null || left <= 0) {
                if (!entries.hasNext()) {
                    return false;
                }
                current = entries.next();
                left = current.getValue();
            }
            left--;
            action.accept(current.getKey());
            return true;
        }
    }
}
