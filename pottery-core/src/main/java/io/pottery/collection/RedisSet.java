package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.Codec;
import io.pottery.collection.StoredSet.Relation;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.ScanPage;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import java.nio.ByteBuffer;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A {@link Set} whose elements live in a Redis set; Python Pottery's {@code RedisSet} on the same bytes.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise. Elements must not be
 * null. Their order is the server's. Iterators, and what is built on them ({@code toArray}, streams), read pages, and
 * are not one step; {@link #toSet} is.
 *
 * <p><b>Other sets.</b> What is made of several {@code RedisSet}s, or told about them, is made on the server, in one
 * step and without sending their elements here, if they are on one Redis (opened through one connection factory, for
 * the same type of elements) and, in a cluster, in one slot: give their names one {@code {hash tag}}. Any other
 * collection is compared with this set in one bulk read. A {@code RedisSet} elsewhere is read here: that is
 * <em>not</em> one step, and others may change either set meanwhile. All of these are O(n).
 *
 * @param <E> the type of the elements
 */
public final class RedisSet<E> extends AbstractSet<E> implements RedisContainer {

    private static final int MAX_PRINTED = 1_000;

    private final RedisKey key;
    private final StoredSet stored;
    private final KeyCodec<E> elements;
    private final InefficientAccessListener listener;

    /** Opens the set at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public RedisSet(RedisKey key, Codec<E> elements, InefficientAccessListener listener) {
        this.key = key;
        this.stored = new StoredSet(key);
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

    /**
     * Puts all of {@code initial} into this set in one step, if its key does not exist yet. O(n).
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

    @Override
    public boolean contains(@Nullable Object candidate) {
        byte[] element = elements.tryEncode(candidate);
        return element != null && stored.has(element);
    }

    /**
     * Whether each of {@code candidates} is an element, in their order. One step for up to 1,000; beyond that in chunks
     * that are atomic each.
     */
    public List<Boolean> containsMany(Collection<?> candidates) {
        return elements.findEach(candidates, stored::hasEach);
    }

    /** Whether all of {@code candidates} are elements. */
    @Override
    public boolean containsAll(Collection<?> candidates) {
        RedisSet<?> alike = alike(candidates);
        if (alike != null) {
            inefficient("isSupersetOf");
            return isSubset(alike.stored, stored);
        }
        List<byte[]> encoded = elements.encodeAllOrNone(candidates);
        if (encoded == null) {
            return false;
        }
        Collection<byte[]> wanted = distinct(encoded);
        return stored.countMembers(wanted).members() == wanted.size();
    }

    @Override
    public boolean add(E element) {
        return stored.add(elements.encode(element));
    }

    /**
     * Adds all of {@code added}. Another {@code RedisSet} is added on the server. Of other collections, one step takes
     * 1,000 elements or 512 KiB; beyond that they are added in chunks that are atomic each.
     */
    @Override
    public boolean addAll(Collection<? extends E> added) {
        if (added instanceof RedisSet<? extends E> other && isTogetherWith(other)) {
            inefficient("addAll");
            return stored.addAll(other.stored);
        }
        return stored.addAll(encodeAll(added));
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
        byte[] element = elements.tryEncode(candidate);
        return element != null && stored.remove(element);
    }

    /** Removes all of {@code removed}, in steps like those of {@link #addAll}. */
    @Override
    public boolean removeAll(Collection<?> removed) {
        if (removed instanceof RedisSet<?> other && isTogetherWith(other)) {
            inefficient("removeAll");
            return stored.removeAll(other.stored);
        }
        return stored.removeAll(tryEncodeAll(removed));
    }

    /** Keeps only what is in {@code retained} too; one step whatever it is. O(n). */
    @Override
    public boolean retainAll(Collection<?> retained) {
        inefficient("retainAll");
        return retained instanceof RedisSet<?> other && isTogetherWith(other)
                ? stored.retainAll(other.stored)
                : stored.retainAll(List.copyOf(distinct(tryEncodeAll(retained))));
    }

    /**
     * Removes what {@code filter} accepts, in one step. O(n): reads all elements, and removes if nothing has changed
     * meanwhile, else begins anew.
     */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        requireNonNull(filter);
        inefficient("removeIf");
        return stored.removeIf(element -> filter.test(elements.decode(element)));
    }

    /**
     * Removes some element and returns it; null if there is none.
     *
     * @throws UndecodableValueException if it cannot be read; it is removed all the same
     */
    public @Nullable E pollRandom() {
        return elements.decodeFormer(stored.poll());
    }

    /** Returns some element, which stays; null if there is none. */
    public @Nullable E randomElement() {
        return elements.decode(stored.random());
    }

    @Override
    public void clear() {
        key.delete();
    }

    /**
     * The elements of this set and of all {@code others}.
     *
     * @throws PotteryException if the result may have more than 1,000,000 elements; {@link #unionInto} stores more
     */
    @SafeVarargs
    public final Set<E> union(Collection<? extends E>... others) {
        return combine("union", SetOperation.UNION, others);
    }

    /** The elements of this set that are in each of {@code others} too. Limited like {@link #union}. */
    public Set<E> intersection(Collection<?>... others) {
        return combine("intersection", SetOperation.INTERSECTION, others);
    }

    /** The elements of this set that are in none of {@code others}. Limited like {@link #union}. */
    public Set<E> difference(Collection<?>... others) {
        return combine("difference", SetOperation.DIFFERENCE, others);
    }

    /** The elements that are either in this set or in {@code other}, but not in both. Limited like {@link #union}. */
    public Set<E> symmetricDifference(Collection<? extends E> other) {
        inefficient("symmetricDifference");
        return decoded(
                other instanceof RedisSet<?> that && isTogetherWith(that)
                        ? stored.symmetricDifference(that.stored)
                        : symmetricDifferenceHere(other));
    }

    /**
     * Stores the elements of this set and of all {@code others} in {@code target}, in place of what it holds, and
     * returns their number. {@code target} keeps its time to live, and may be one of the sets. On the server there is
     * no limit; where a set is elsewhere, or is no {@code RedisSet}, the limit is 1,000,000 elements or 64 MiB.
     */
    @SafeVarargs
    public final long unionInto(RedisSet<E> target, Collection<? extends E>... others) {
        return combineInto("unionInto", SetOperation.UNION, target, others);
    }

    /** Stores the elements of this set that are in each of {@code others} too, like {@link #unionInto}. */
    public long intersectionInto(RedisSet<E> target, Collection<?>... others) {
        return combineInto("intersectionInto", SetOperation.INTERSECTION, target, others);
    }

    /** Stores the elements of this set that are in none of {@code others}, like {@link #unionInto}. */
    public long differenceInto(RedisSet<E> target, Collection<?>... others) {
        return combineInto("differenceInto", SetOperation.DIFFERENCE, target, others);
    }

    /**
     * Stores the elements that are either in this set or in {@code other}, but not in both, like {@link #unionInto}; up
     * to 1,000,000 in any case.
     */
    public long symmetricDifferenceInto(RedisSet<E> target, Collection<? extends E> other) {
        inefficient("symmetricDifferenceInto");
        return other instanceof RedisSet<?> that && isTogetherWith(that) && isTogetherWith(target)
                ? target.stored.storeSymmetricDifference(stored, that.stored)
                : target.assign(this, symmetricDifferenceHere(other));
    }

    /** Whether no element of this set is in {@code other}. */
    public boolean isDisjoint(Collection<?> other) {
        inefficient("isDisjoint");
        RedisSet<?> alike = alike(other);
        if (alike != null) {
            return stored.isTogetherWith(alike.stored)
                    ? stored.is(Relation.DISJOINT, alike.stored)
                    : !stored.isAnyOf(alike.stored, false);
        }
        return stored.countMembers(distinct(tryEncodeAll(other))).members() == 0;
    }

    /** Whether all elements of this set are in {@code other}. */
    public boolean isSubsetOf(Collection<?> other) {
        inefficient("isSubsetOf");
        RedisSet<?> alike = alike(other);
        if (alike != null) {
            return isSubset(stored, alike.stored);
        }
        StoredSet.Members members = stored.countMembers(distinct(tryEncodeAll(other)));
        return members.members() == members.size();
    }

    /** Whether all of {@code other} are elements of this set; the same as {@link #containsAll}. */
    public boolean isSupersetOf(Collection<?> other) {
        return containsAll(other);
    }

    /** A copy of all elements at one moment. O(n); at most 1,000,000 elements. */
    @JsonValue
    public Set<E> toSet() {
        inefficient("toSet");
        return decoded(stored.snapshot());
    }

    @Override
    @SuppressWarnings("NullAway") // a null that others wrote is shown
    public Iterator<E> iterator() {
        inefficient("iterator");
        return ScanIterator.ofSet(key, element -> elements.decode(element), stored::remove);
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.DISTINCT | Spliterator.CONCURRENT);
    }

    /** Whether {@code other} is a set with the same elements. O(n), unless it is a handle of the same key. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Set<?> set)) {
            return false;
        }
        RedisSet<?> alike = alike(set);
        if (alike != null && key.equals(alike.key)) {
            return true;
        }
        inefficient("equals");
        if (alike != null) {
            return isEqualTo(alike.stored);
        }
        List<byte[]> encoded = elements.encodeAllOrNone(set);
        if (encoded == null) {
            return false;
        }
        StoredSet.Members members = stored.countMembers(distinct(encoded));
        return members.size() == encoded.size() && members.members() == encoded.size();
    }

    /** The hash code of the elements, as {@link Set#hashCode} has it. O(n). */
    @Override
    public int hashCode() {
        inefficient("hashCode");
        return decoded(stored.snapshot()).hashCode();
    }

    /** The first 1,000 elements, and how many more there are. */
    @Override
    public String toString() {
        ScanPage page = stored.firstPage();
        int printed = Math.min(page.items().size(), MAX_PRINTED);
        StringJoiner text = new StringJoiner(", ", "[", "]");
        page.items().subList(0, printed).forEach(element -> text.add(String.valueOf(elements.decode(element))));
        if (!page.isLast() || page.items().size() > printed) {
            text.add("... " + (stored.size() - printed) + " more");
        }
        return text.toString();
    }

    /** Whether the server can take both: they have the same bytes for the same elements, and lie together. */
    private boolean isTogetherWith(RedisSet<?> other) {
        return elements.sameAs(other.elements) && stored.isTogetherWith(other.stored);
    }

    /** The set that {@code other} is, if it has the same bytes for the same elements; else it is as any collection. */
    private @Nullable RedisSet<?> alike(Object other) {
        return other instanceof RedisSet<?> that && elements.sameAs(that.elements) ? that : null;
    }

    private boolean isEqualTo(StoredSet other) {
        return stored.isTogetherWith(other)
                ? stored.is(Relation.EQUAL, other)
                : stored.size() == other.size() && isSubset(stored, other);
    }

    private static boolean isSubset(StoredSet set, StoredSet other) {
        return set.isTogetherWith(other) ? set.is(Relation.SUBSET, other) : !other.isAnyOf(set, true);
    }

    private Set<E> combine(String call, SetOperation operation, Collection<?>... others) {
        inefficient(call);
        return decoded(
                areTogether(List.of(others))
                        ? stored.combine(operation, storedSets(others))
                        : combineHere(operation, others));
    }

    private long combineInto(String call, SetOperation operation, RedisSet<E> target, Collection<?>... others) {
        inefficient(call);
        return areTogether(List.of(others)) && isTogetherWith(target)
                ? target.stored.store(
                        operation,
                        Stream.concat(Stream.of(stored), storedSets(others).stream())
                                .toList())
                : target.assign(this, combineHere(operation, others));
    }

    private long assign(RedisSet<E> source, List<byte[]> encoded) {
        return stored.assign(
                elements.sameAs(source.elements)
                        ? encoded
                        : source.decoded(encoded).stream().map(elements::encode).toList());
    }

    private boolean areTogether(List<Collection<?>> others) {
        return others.stream().allMatch(other -> other instanceof RedisSet<?> set && isTogetherWith(set));
    }

    private static List<StoredSet> storedSets(Collection<?>... sets) {
        return Stream.of(sets).map(set -> ((RedisSet<?>) set).stored).toList();
    }

    /** Reads this set and the others one after the other. */
    private List<byte[]> combineHere(SetOperation operation, Collection<?>... others) {
        Set<ByteBuffer> result =
                wrapped(operation == SetOperation.INTERSECTION ? inAnyHere(others) : stored.snapshot());
        for (Collection<?> other : others) {
            switch (operation) {
                case UNION -> result.addAll(wrapped(encodedOf(other)));
                case INTERSECTION -> result.retainAll(wrapped(tryEncodeAll(other)));
                case DIFFERENCE -> result.removeAll(wrapped(tryEncodeAll(other)));
            }
        }
        return unwrapped(result);
    }

    /** The elements that the result of an intersection is among: those of a collection that is here anyway, or all. */
    private List<byte[]> inAnyHere(Collection<?>... others) {
        return Stream.of(others)
                .filter(other -> alike(other) == null)
                .findFirst()
                .map(other -> members(elements.tryEncodeAll(other)))
                .orElseGet(stored::snapshot);
    }

    private List<byte[]> members(List<byte[]> candidates) {
        Iterator<Boolean> found = stored.hasEach(candidates).iterator();
        return candidates.stream().filter(candidate -> found.next()).toList();
    }

    private List<byte[]> symmetricDifferenceHere(Collection<? extends E> other) {
        Set<ByteBuffer> result = wrapped(stored.snapshot());
        for (ByteBuffer element : wrapped(encodedOf(other))) {
            if (!result.remove(element)) {
                result.add(element);
            }
        }
        return unwrapped(result);
    }

    @SuppressWarnings("unchecked") // the callers' signatures demand a Collection<? extends E>
    private List<byte[]> encodedOf(Collection<?> other) {
        return encodeAll((Collection<? extends E>) other);
    }

    private List<byte[]> encodeAll(Collection<? extends E> added) {
        RedisSet<?> alike = alike(added);
        return alike == null ? added.stream().map(elements::encode).toList() : alike.stored.snapshot();
    }

    private List<byte[]> tryEncodeAll(Collection<?> candidates) {
        RedisSet<?> alike = alike(candidates);
        return alike == null ? elements.tryEncodeAll(candidates) : alike.stored.snapshot();
    }

    private Set<E> decoded(List<byte[]> encoded) {
        Set<E> copy = new LinkedHashSet<>();
        encoded.forEach(element -> copy.add(elements.decode(element)));
        return copy;
    }

    private void inefficient(String call) {
        listener.onInefficientAccess("RedisSet." + call, key.name());
    }

    private static Collection<byte[]> distinct(List<byte[]> encoded) {
        return unwrapped(wrapped(encoded));
    }

    private static Set<ByteBuffer> wrapped(List<byte[]> encoded) {
        Set<ByteBuffer> wrapped = new LinkedHashSet<>();
        encoded.forEach(element -> wrapped.add(ByteBuffer.wrap(element)));
        return wrapped;
    }

    private static List<byte[]> unwrapped(Set<ByteBuffer> wrapped) {
        return wrapped.stream().map(ByteBuffer::array).toList();
    }
}
