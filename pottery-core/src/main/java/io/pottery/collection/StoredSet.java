package io.pottery.collection;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.ScanPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A Redis set, in bytes. Each method is one atomic step and one round trip, unless it says otherwise. Methods that take
 * another one need it {@linkplain #isTogetherWith together with} this one, unless they say otherwise.
 */
final class StoredSet {

    /** What one set can be of another. */
    enum Relation {
        SUBSET,
        EQUAL,
        DISJOINT
    }

    private static final Bulk<?, Long> HAS = Bulk.ofEach("SMISMEMBER");
    private static final Bulk<?, Long> ADD = Bulk.ofEach(listScript("set_add_each.lua"));

    private static final RedisScript<Long> MERGE = script("set_merge.lua", Long.class);
    private static final RedisScript<List<Object>> COMBINE = listScript("set_combine.lua");
    private static final RedisScript<List<Long>> STORE = listScript("set_store.lua");
    private static final RedisScript<List<Object>> SYMMETRIC_DIFFERENCE = listScript("set_symmetric_difference.lua");
    private static final RedisScript<List<Long>> STORE_SYMMETRIC_DIFFERENCE =
            listScript("set_symmetric_difference_store.lua");
    private static final RedisScript<Long> ASSIGN = script("set_assign.lua", Long.class);
    private static final RedisScript<Boolean> RELATION = script("set_relation.lua", Boolean.class);
    private static final RedisScript<List<Long>> COUNT_MEMBERS = listScript("set_count_members.lua");
    private static final RedisScript<Long> RETAIN = script("set_retain.lua", Long.class);
    private static final RedisScript<Boolean> REMOVE_IF_UNCHANGED =
            script("set_remove_if_unchanged.lua", Boolean.class);

    private static final int MAX_SCRIPTED_RESULT = 1_000;

    private final RedisKey key;

    StoredSet(RedisKey key) {
        this.key = key;
    }

    boolean isTogetherWith(StoredSet other) {
        return key.isTogetherWith(other.key);
    }

    long size() {
        return key.reply(redis -> redis.setCommands().sCard(key.bytes()));
    }

    boolean has(byte[] element) {
        return key.reply(HAS, redis -> redis.setCommands().sIsMember(key.bytes(), element) ? 1L : 0L, element) == 1;
    }

    /** Whether each of {@code elements} is here, in their order. Chunked and pipelined beyond 1,000. */
    List<Boolean> hasEach(List<byte[]> elements) {
        return key.<Long>lists("SMISMEMBER", elements, 1).stream()
                .map(found -> found == 1)
                .toList();
    }

    boolean add(byte[] element) {
        return key.reply(ADD, redis -> redis.setCommands().sAdd(key.bytes(), element), element) > 0;
    }

    /** Chunked and pipelined beyond 1,000 elements; atomic by chunk. */
    boolean addAll(List<byte[]> elements) {
        return key.sum("SADD", elements, 1) > 0;
    }

    boolean remove(byte[] element) {
        return key.reply(redis -> redis.setCommands().sRem(key.bytes(), element)) > 0;
    }

    /** Chunked and pipelined beyond 1,000 elements; atomic by chunk. */
    boolean removeAll(List<byte[]> elements) {
        return key.sum("SREM", elements, 1) > 0;
    }

    boolean addAll(StoredSet other) {
        return merge("SADD", other);
    }

    boolean removeAll(StoredSet other) {
        return merge("SREM", other);
    }

    private boolean merge(String command, StoredSet other) {
        long changed = key.reply(MERGE, List.of(other.key), Lua.args(command, Chunks.MAX_WHOLE_ELEMENTS + 1));
        if (changed < 0) {
            other.key.requireFewEnough(other.size());
        }
        return changed > 0;
    }

    /** Keeps those of {@code elements}, none of which may be there twice. */
    boolean retainAll(List<byte[]> elements) {
        return key.reply(RETAIN, Chunks.packed(key, elements, 1)) > 0;
    }

    boolean retainAll(StoredSet other) {
        List<Long> sizes =
                key.reply(STORE, List.of(key, other.key), Lua.args(SetOperation.INTERSECTION.storeCommand()));
        return !sizes.get(0).equals(sizes.get(1));
    }

    /** Removes the elements that {@code filter} accepts; begins anew if anything has changed since they were read. */
    boolean removeIf(Predicate<byte[]> filter) {
        while (true) {
            List<byte[]> doomed = new ArrayList<>();
            List<byte[]> staying = new ArrayList<>();
            key.wholeOnMaster("SCARD", "SMEMBERS")
                    .forEach(element -> (filter.test(element) ? doomed : staying).add(element));
            int elements = doomed.size() + staying.size();
            byte[][] doomedSlices = Chunks.packed(key, doomed, 1);
            byte[][] stayingSlices = Chunks.packed(key, staying, 1);
            if (doomed.isEmpty()
                    || key.reply(
                            REMOVE_IF_UNCHANGED,
                            Lua.args(elements, doomedSlices.length, doomedSlices, stayingSlices))) {
                return !doomed.isEmpty();
            }
        }
    }

    byte @Nullable [] poll() {
        return key.run(redis -> redis.setCommands().sPop(key.bytes()));
    }

    byte @Nullable [] random() {
        return key.run(redis -> redis.setCommands().sRandMember(key.bytes()));
    }

    void populate(List<byte[]> elements) {
        key.populate("SADD", elements, 1);
    }

    List<byte[]> snapshot() {
        return key.whole("SCARD", "SMEMBERS");
    }

    /**
     * How many elements there are, and how many of some others are among them.
     *
     * @param size the number of elements of the set
     * @param members how many of the others it has
     */
    record Members(long size, long members) {}

    /** Counts those of {@code elements}, none of which may be there twice, that are here. */
    Members countMembers(Collection<byte[]> elements) {
        List<Long> counts = key.reply(COUNT_MEMBERS, Chunks.packed(key, List.copyOf(elements), 1));
        return new Members(counts.get(0), counts.get(1));
    }

    boolean is(Relation relation, StoredSet other) {
        return key.reply(RELATION, List.of(other.key), Lua.args(relation));
    }

    /**
     * Whether {@code other}, which may be anywhere, has some element that is here or, if {@code missing}, that is not.
     * Two round trips for each 1,024 elements of the other one, and not one step.
     */
    boolean isAnyOf(StoredSet other, boolean missing) {
        byte[] cursor = ScanPage.START;
        do {
            ScanPage page = other.key.scan("SSCAN", cursor);
            if (hasEach(page.items()).contains(!missing)) {
                return true;
            }
            cursor = page.cursor();
        } while (!ScanPage.isEnd(cursor));
        return false;
    }

    /** A second round trip if there may be more than 1,000 elements: the server replies faster without Lua. */
    List<byte[]> combine(SetOperation operation, List<StoredSet> others) {
        List<RedisKey> keys = keysOf(others);
        List<Object> reply = key.reply(COMBINE, keys, Lua.args(operation.command(), MAX_SCRIPTED_RESULT));
        requireFewEnough((Long) reply.get(0));
        return reply.size() == 2 ? elements(reply) : key.list(operation.command(), keys);
    }

    List<byte[]> symmetricDifference(StoredSet other) {
        List<Object> reply =
                key.reply(SYMMETRIC_DIFFERENCE, List.of(other.key), Lua.args((Object) Chunks.MAX_WHOLE_ELEMENTS));
        requireFewEnough((Long) reply.get(0));
        return elements(reply);
    }

    /** Replaces what is here by what {@code operation} makes of {@code sets}, and returns the number of elements. */
    long store(SetOperation operation, List<StoredSet> sets) {
        return key.reply(STORE, keysOf(sets), Lua.args(operation.storeCommand()))
                .get(1);
    }

    long storeSymmetricDifference(StoredSet one, StoredSet other) {
        List<Long> reply = key.reply(
                STORE_SYMMETRIC_DIFFERENCE, List.of(one.key, other.key), Lua.args((Object) Chunks.MAX_WHOLE_ELEMENTS));
        requireFewEnough(reply.get(0));
        return reply.get(1);
    }

    /** Replaces what is here by {@code elements}, and returns their number. */
    long assign(List<byte[]> elements) {
        return key.reply(ASSIGN, Chunks.packed(key, elements, 1));
    }

    ScanPage firstPage() {
        return key.scan("SSCAN", ScanPage.START);
    }

    @SuppressWarnings("unchecked") // the scripts reply with a number and bulk strings
    private static List<byte[]> elements(List<Object> reply) {
        return (List<byte[]>) reply.get(1);
    }

    private void requireFewEnough(long most) {
        if (most > Chunks.MAX_WHOLE_ELEMENTS) {
            throw new PotteryException(
                    "The result for %s may have %d elements, too many for one step (limit %d): store it, and iterate over that"
                            .formatted(key, most, Chunks.MAX_WHOLE_ELEMENTS));
        }
    }

    private static List<RedisKey> keysOf(List<StoredSet> sets) {
        return sets.stream().map(set -> set.key).toList();
    }

    private static <T> RedisScript<T> script(String file, Class<T> result) {
        return Lua.script(StoredSet.class, file, result);
    }

    private static <E> RedisScript<List<E>> listScript(String file) {
        return Lua.listScript(StoredSet.class, file);
    }
}
