package io.pottery.sketch;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.KeyCodec;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisKey;
import io.pottery.key.RedisContainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Counts different elements, however many, in at most 12 KiB; Python Pottery's {@code HyperLogLog} on the same bytes.
 *
 * <p>The count is about right: its standard error is 0.81 %, so that it is rarely more than 2 % off. A <a
 * href="https://algo.inria.fr/flajolet/Publications/FlFuGaMe07.pdf">HyperLogLog</a> (Flajolet and others, 2007) keeps
 * no elements: they cannot be read back, nor removed one by one. This one is Redis' own, with its commands.
 *
 * <p>Every method is one atomic step on the server and one round trip, unless it says otherwise. None takes longer the
 * more was counted.
 *
 * <p><b>Asking for an element</b> is possible, because one whose addition would change something was never added. "No"
 * is always right. "Yes" is wrong for a part of the elements that were never added that grows with how many were: 0.3 %
 * of them at 100 different elements, 4 % at 1,000, 31 % at 10,000, 88 % at 100,000 and 99 % at 1,000,000. A
 * {@link BloomFilter} has the rate that you ask for. If the application lets replicas answer its reads, one that is
 * behind may say "no" of what was added just now.
 *
 * @param <E> the type of the elements
 */
public final class HyperLogLog<E> implements RedisContainer {

    private static final Bulk<?, Long> ADD = Bulk.ofEach(Lua.listScript(HyperLogLog.class, "hyperloglog_add_each.lua"));
    private static final RedisScript<Long> UNION = Lua.script(HyperLogLog.class, "hyperloglog_union.lua", Long.class);

    private final RedisKey key;
    private final KeyCodec<E> elements;

    /** Opens the HyperLogLog at {@code key}; sends nothing. For {@code PotteryFactory}. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED) // else Jackson makes one of nulls
    public HyperLogLog(RedisKey key, Codec<E> elements) {
        this.key = key;
        this.elements = new KeyCodec<>(key, "An element", elements);
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
     * Counts {@code element}, if it was not counted before.
     *
     * @return whether that has changed anything; if not, it was counted before, or seems to have been
     */
    public boolean add(E element) {
        byte[] encoded = elements.encode(element);
        return key.reply(ADD, redis -> redis.hyperLogLogCommands().pfAdd(key.bytes(), encoded), encoded) > 0;
    }

    /**
     * Counts all of {@code added}. One step takes 1,000 elements or 512 KiB; beyond that they are added in chunks that
     * are atomic each.
     *
     * @return whether that has changed anything
     */
    public boolean addAll(Collection<? extends E> added) {
        return key.sum("PFADD", encoded(added), 1) > 0;
    }

    /**
     * Counts all of {@code initial} in one step, if the key does not exist yet.
     *
     * @throws KeyExistsException if the key exists, whatever it holds; nothing was changed
     * @throws IllegalArgumentException if the elements are more than 1,000,000 or 64 MiB
     */
    public void populate(Collection<? extends E> initial) {
        key.populate("PFADD", encoded(initial), 1);
    }

    /** About how many different elements were added. */
    public long count() {
        return key.reply(redis -> redis.hyperLogLogCommands().pfCount(key.bytes()));
    }

    /**
     * About how many different elements this and {@code others} have counted together. Nothing is written.
     *
     * @throws PotteryException if one lies on another server, or in another slot of a cluster
     */
    @SafeVarargs
    public final long countWith(HyperLogLog<? extends E>... others) {
        List<RedisKey> keys = together(key, others);
        byte[][] names = keys.stream().map(RedisKey::bytes).toArray(byte[][]::new);
        return key.reply(redis -> redis.hyperLogLogCommands().pfCount(names), keys.subList(1, keys.size()));
    }

    /**
     * Counts what was counted by {@code others} too.
     *
     * @return about how many different elements there are now
     * @throws PotteryException if one lies on another server, or in another slot of a cluster
     */
    @SafeVarargs
    public final long mergeWith(HyperLogLog<? extends E>... others) {
        return key.reply(UNION, together(key, others));
    }

    /**
     * Stores what this and {@code others} have counted in {@code target}, in place of what that has counted.
     * {@code target} keeps its time to live, and may be one of the others.
     *
     * @return about how many different elements there are
     * @throws PotteryException if one lies on another server, or in another slot of a cluster
     */
    @SafeVarargs
    public final long unionInto(HyperLogLog<? super E> target, HyperLogLog<? extends E>... others) {
        return target.key.reply(UNION, together(target.key, others));
    }

    /** The keys of this and {@code others}, which can go into one command with {@code target}. */
    private List<RedisKey> together(RedisKey target, HyperLogLog<?>... others) {
        List<RedisKey> keys = new ArrayList<>(List.of(key));
        for (HyperLogLog<?> other : others) {
            keys.add(other.key);
        }
        for (RedisKey each : keys) {
            if (!each.isTogetherWith(target)) {
                throw new PotteryException(
                        "%s and %s cannot be counted together, because they lie on different servers, or in different slots of a cluster: give all names one {hash tag}"
                                .formatted(each, target));
            }
        }
        return keys;
    }

    /**
     * Whether {@code candidate} may have been added; if this is false, it was not. See above for how often this is
     * wrong. Reads all registers, at most 12 KiB (or as much as {@code hll-sparse-max-bytes} of the server says), and
     * decides here as Redis would; nothing is written.
     */
    public boolean mightContain(@Nullable E candidate) {
        byte[] element = elements.tryEncode(candidate);
        return element != null && holdsEach(List.of(element)).get(0);
    }

    /**
     * Whether each of {@code candidates} may have been added, in their order; as {@link #mightContain}, all at once.
     */
    public List<Boolean> containsMany(Collection<? extends E> candidates) {
        return elements.findEach(candidates, this::holdsEach);
    }

    private List<Boolean> holdsEach(List<byte[]> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Optional<Registers> registers = registers();
        return candidates.stream()
                .map(candidate -> registers.map(all -> all.hold(candidate)).orElse(false))
                .toList();
    }

    /** All registers; empty if there is no such key. */
    private Optional<Registers> registers() {
        byte[] stored = key.reply(redis -> redis.stringCommands().getRange(key.bytes(), 0, Registers.MAX_BYTES));
        try {
            return stored.length == 0 ? Optional.empty() : Optional.of(Registers.of(stored));
        } catch (IllegalArgumentException e) {
            throw new WrongTypeException(
                    "Expected a HyperLogLog at %s, found a string that is none, or a damaged one (%s): use another name, or clear() it"
                            .formatted(key, e.getMessage()),
                    e);
        }
    }

    @Override
    public void clear() {
        key.delete();
    }

    @Override
    public String toString() {
        return "HyperLogLog " + key;
    }

    private List<byte[]> encoded(Collection<? extends E> added) {
        return added.stream().map(elements::encode).toList();
    }
}
