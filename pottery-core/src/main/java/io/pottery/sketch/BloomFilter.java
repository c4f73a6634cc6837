package io.pottery.sketch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * Tells whether an element was added before, from a few bits for each: "no" is always right, "yes" is wrong as rarely
 * as was asked for; Python Pottery's {@code BloomFilter} on the same bits.
 *
 * <p>A <a href="https://en.wikipedia.org/wiki/Bloom_filter">Bloom filter</a> (Burton H. Bloom, 1970) keeps no elements:
 * they cannot be read back, nor removed one by one. A filter for n elements with p false positives takes {@code n *
 * 1.44 * log2(1 / p)} bits, 1.2 bytes an element for 1 %. Redis takes the memory for all of it when the first elements
 * are added.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise, and takes as many
 * steps for each element as the filter has {@linkplain BloomFilterOptions#hashes() hashes}; those marked O(bits) read
 * the whole filter on the server.
 *
 * <p><b>Parameters.</b> What a filter was made with is kept beside it, at {@code {name}:parameters} (or
 * {@code parameters:name}, if that has a {@code {hash tag}}), and compared by every call that reads or changes its
 * bits: a {@link PotteryException} that names both answers who has opened it with something else. A filter that Python
 * has made has no parameters there: open it with those that it was made with. They live and end with the filter as long
 * as this class clears and expires it, and count for nothing once it is gone.
 *
 * <p>A filter does not grow. One that has got too many elements is replaced by a larger one under another name, which
 * is filled from where the elements come from.
 *
 * @param <E> the type of the elements
 */
public final class BloomFilter<E> implements RedisContainer {

    private final RedisKey key;
    private final StoredFilter stored;
    private final KeyCodec<E> elements;
    private final BloomFilterOptions options;
    private final InefficientAccessListener listener;

    /** Opens the filter at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public BloomFilter(
            RedisKey key,
            Codec<E> elements,
            BloomFilterOptions options,
            Codec<BloomFilterOptions> parameters,
            InefficientAccessListener listener) {
        this.key = key;
        this.options = requireNonNull(options, "options must not be null");
        this.stored = new StoredFilter(key, options, parameters);
        this.elements = new KeyCodec<>(key, "An element", elements);
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

    /** What this filter is opened with. */
    public BloomFilterOptions options() {
        return options;
    }

    /**
     * Adds {@code element}.
     *
     * @return whether that has changed anything; if not, it was added before, or is a false positive, or a call that
     *     failed has added it all the same
     */
    public boolean add(E element) {
        return stored.add(elements.encode(element));
    }

    /**
     * Adds all of {@code added}. One step takes 1,000 elements, or fewer if they have more than 512 KiB of offsets;
     * beyond that they are added in chunks that are atomic each.
     *
     * @return whether that has changed anything
     */
    public boolean addAll(Collection<? extends E> added) {
        return addMany(added).contains(true);
    }

    /**
     * Adds all of {@code added}, in steps like those of {@link #addAll}.
     *
     * @return for each, in their order, whether it has changed anything; of equal ones, one has
     */
    public List<Boolean> addMany(Collection<? extends E> added) {
        return stored.addEach(added.stream().map(elements::encode).toList());
    }

    /** Whether {@code candidate} may have been added; if this is false, it was not. */
    public boolean mightContain(@Nullable E candidate) {
        byte[] element = elements.tryEncode(candidate);
        return element != null && stored.has(element);
    }

    /**
     * Whether each of {@code candidates} may have been added, in their order, in steps like those of {@link #addAll}.
     * Those that were not take the least time.
     */
    public List<Boolean> containsMany(Collection<? extends E> candidates) {
        return elements.findEach(candidates, stored::hasEach);
    }

    /**
     * Puts all of {@code initial} into this filter in one step, if its key does not exist yet. The bits are set here,
     * and sent as a whole.
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if there are more than 1,000,000 elements, or the filter has more than 64 MiB
     */
    public void populate(Collection<? extends E> initial) {
        stored.populate(initial.stream().map(elements::encode).toList());
    }

    /**
     * About how many different elements were added, from the number of bits that are set: {@code floor(-bits / hashes *
     * ln(1 - set / bits))} (Swamidass and Baldi, 2007), as Python has it; for a few elements it may be one too few.
     * {@link Long#MAX_VALUE} if the filter {@link #isSaturated()}, so that nothing can be told any more. O(bits).
     */
    public long approximateSize() {
        double bits = options.bits();
        double elements = Math.floor(-bits / options.hashes() * Math.log(1 - count("approximateSize") / bits));
        return (long) elements; // of infinity, the largest there is
    }

    /**
     * Whether all bits are set, so that every element seems to have been added. A filter is of little use long before:
     * see {@link #expectedFalsePositiveRate}. O(bits).
     */
    @JsonIgnore // else it were a property of a filter that is given as a value
    public boolean isSaturated() {
        return count("isSaturated") == options.bits();
    }

    /**
     * Which part of the elements that were never added are taken for added ones just now: {@code (set / bits)^hashes}.
     * About 0 for an empty filter, about what was asked for when as many elements are in as were expected, 1 for a
     * saturated one. O(bits).
     */
    public double expectedFalsePositiveRate() {
        return Math.pow(count("expectedFalsePositiveRate") / (double) options.bits(), options.hashes());
    }

    /**
     * Adds what was added to {@code other}, in one step. O(bits).
     *
     * @throws IllegalArgumentException if {@code other} has other options
     * @throws PotteryException if they lie on different servers, or in different slots of a cluster
     */
    public void uniteWith(BloomFilter<? extends E> other) {
        combine("uniteWith", "OR", other);
    }

    /**
     * Keeps what was added to {@code other} too, in one step. Elements that were added to one of them alone may still
     * seem to have been added: a little more often than in a filter to which only the common ones were added. O(bits).
     *
     * @throws IllegalArgumentException if {@code other} has other options
     * @throws PotteryException if they lie on different servers, or in different slots of a cluster
     */
    public void intersectWith(BloomFilter<? extends E> other) {
        combine("intersectWith", "AND", other);
    }

    private void combine(String call, String operation, BloomFilter<? extends E> other) {
        requireNonNull(other, "other must not be null");
        inefficient(call);
        stored.combine(operation, other.stored);
    }

    private long count(String call) {
        inefficient(call);
        return stored.count();
    }

    private void inefficient(String call) {
        listener.onInefficientAccess("BloomFilter." + call, key.name());
    }

    /** Removes all elements, and the parameters; with them, the filter can be opened with others. */
    @Override
    public void clear() {
        stored.delete();
    }

    @Override
    public boolean expire(Duration timeToLive) {
        return stored.expire(timeToLive);
    }

    @Override
    public boolean persist() {
        return stored.persist();
    }

    @Override
    public String toString() {
        return "BloomFilter " + key;
    }
}
