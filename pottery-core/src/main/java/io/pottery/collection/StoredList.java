package io.pottery.collection;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.Pipeline;
import io.pottery.internal.redis.RedisKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A Redis list, in bytes. Each method is one atomic step and one round trip, unless it says otherwise. None of them
 * makes the list longer than its maximum, if it has one.
 */
final class StoredList {

    /** The ends of a list, by the command that adds there. */
    enum End {
        HEAD("LPUSH"),
        TAIL("RPUSH");

        private final String push;
        private final Bulk<?, Object> pushes;

        End(String push) {
            this.push = push;
            this.pushes = Bulk.ofAll(push);
        }
    }

    /** What becomes of an element that is no longer at its index: an equal one is taken, or nothing is done. */
    enum Moved {
        FOLLOW,
        LEAVE
    }

    /** An element that is at an index, or the length of the list if none is. */
    record Found(byte @Nullable [] element, long length) {}

    private static final RedisScript<List<Long>> INSERT = listScript("list_insert.lua");
    private static final RedisScript<List<Object>> REMOVE = listScript("list_remove.lua");
    private static final RedisScript<List<Object>> SET = listScript("list_set.lua");
    private static final RedisScript<List<Object>> RANGE = listScript("list_range.lua");
    private static final RedisScript<List<Long>> REPLACE = listScript("list_replace.lua");
    private static final RedisScript<Long> FILTER = script("list_filter.lua");
    private static final RedisScript<Long> REVERSE = script("list_reverse.lua");
    private static final RedisScript<Long> ROTATE = script("list_rotate.lua");
    private static final RedisScript<List<Long>> PUSH_BOUNDED = listScript("list_push_bounded.lua");

    private static final int MAX_SCRIPTED_RANGE = 1_000;

    private final RedisKey key;
    private final OptionalInt maxLength;

    StoredList(RedisKey key, OptionalInt maxLength) {
        this.key = key;
        this.maxLength = maxLength;
    }

    RedisKey key() {
        return key;
    }

    OptionalInt maxLength() {
        return maxLength;
    }

    long size() {
        return key.reply(redis -> redis.listCommands().lLen(key.bytes()));
    }

    /** The element at {@code index}, which counts from the end if it is below zero; null if there is none. */
    byte @Nullable [] get(long index) {
        return key.run(redis -> redis.listCommands().lIndex(key.bytes(), index));
    }

    /** The elements from {@code first} to {@code last}, both included; below zero, they count from the end. */
    List<byte[]> range(long first, long last) {
        return key.reply(redis -> redis.listCommands().lRange(key.bytes(), first, last));
    }

    List<byte[]> snapshot() {
        return key.whole("LLEN", "LRANGE", Lua.args(0, -1));
    }

    /** Reads a slice. A second round trip if it has more than 1,000 elements, and its bounds do not tell how many. */
    List<byte[]> slice(Slice slice) {
        long stride = Math.abs((long) slice.step());
        boolean ascending = slice.step() > 0;
        Integer start = slice.start();
        Integer stop = slice.stop();
        if (stop != null && stop == (ascending ? 0 : -1)) {
            return List.of();
        }
        long first;
        long last;
        if (ascending) {
            first = start == null ? 0 : start;
            last = stop == null ? -1 : stop - 1L;
        } else {
            first = stop == null ? 0 : stop + 1L;
            last = start == null ? -1 : start;
        }
        List<byte[]> range = new ArrayList<>(isShort(first, last) ? range(first, last) : longRange(first, last));
        if (!ascending) {
            Collections.reverse(range);
        }
        List<byte[]> elements = new ArrayList<>();
        for (long i = 0; i < range.size(); i += stride) {
            elements.add(range.get((int) i));
        }
        return elements;
    }

    @SuppressWarnings("unchecked") // the script replies with a number and bulk strings
    private List<byte[]> longRange(long first, long last) {
        List<Object> reply = key.reply(RANGE, Lua.args(first, last, MAX_SCRIPTED_RANGE));
        key.requireFewEnough((Long) reply.get(0));
        return reply.size() == 2 ? (List<byte[]>) reply.get(1) : range(first, last);
    }

    private static boolean isShort(long first, long last) {
        return first < 0 == last < 0 && last - first < Chunks.MAX_WHOLE_ELEMENTS;
    }

    /**
     * Adds {@code element} at one end; what is beyond the maximum falls off the other end.
     *
     * @throws IllegalStateException if there are more elements than the maximum already
     */
    void push(End end, byte[] element) {
        if (maxLength.isEmpty()) {
            key.run(end.pushes, element);
        } else {
            requirePushed(key.reply(new BoundedPush(end, maxLength.getAsInt()), element));
        }
    }

    /**
     * Adds {@code elements} at one end, in their order; what is beyond the maximum falls off the other end. Without a
     * maximum chunked and pipelined beyond 1,000 elements, and atomic by chunk.
     *
     * @throws IllegalStateException if there are more elements than the maximum already
     */
    void push(End end, List<byte[]> elements) {
        if (maxLength.isEmpty()) {
            key.sum(end.push, elements, 1);
        } else if (!elements.isEmpty()) {
            BoundedPush push = new BoundedPush(end, maxLength.getAsInt());
            requirePushed(key.reply(PUSH_BOUNDED, push.args(key, elements)));
        }
    }

    private void requirePushed(List<Long> tooMany) {
        if (!tooMany.isEmpty()) {
            int greatest = maxLength.orElseThrow();
            throw new IllegalStateException(
                    "%s has %d elements, more than its maximum of %d, so nothing was added: open it with a greater maximum, or remove some, say by asList().deleteSlice(Slice.to(%d))"
                            .formatted(key, tooMany.get(0), greatest, tooMany.get(0) - greatest));
        }
    }

    /** Adds what many callers add at one end of a list of bounded length. */
    private record BoundedPush(End end, int greatest) implements Bulk<List<Long>, List<Long>> {

        byte[][] args(RedisKey key, List<byte[]> elements) {
            return Lua.args(end.push, greatest, Chunks.packed(key, lastUpTo(greatest, elements), 1));
        }

        @Override
        public Pipeline.Step<List<Long>> step(RedisKey key, List<byte[][]> calls) {
            return key.step(PUSH_BOUNDED, List.of(), args(key, Bulk.joined(calls)));
        }

        @Override
        public List<Long> replyTo(int index, List<Long> reply) {
            return reply;
        }
    }

    /** The last of {@code elements}: those that would stay if all were added to a list of the maximum length. */
    List<byte[]> lastUpToMaximum(List<byte[]> elements) {
        return lastUpTo(maxLength.orElse(Integer.MAX_VALUE), elements);
    }

    private static List<byte[]> lastUpTo(int greatest, List<byte[]> elements) {
        return elements.subList(Math.max(0, elements.size() - greatest), elements.size());
    }

    /** Fills the list, if its key does not exist yet. */
    void populate(List<byte[]> elements) {
        if (elements.size() > maxLength.orElse(Integer.MAX_VALUE)) {
            throw full(elements.size());
        }
        key.populate("RPUSH", elements, 1);
    }

    byte @Nullable [] poll(End end) {
        return key.run(redis -> end == End.HEAD
                ? redis.listCommands().lPop(key.bytes())
                : redis.listCommands().rPop(key.bytes()));
    }

    /**
     * Inserts {@code element} before the one at {@code index}; at the end if that is the length.
     *
     * @return the length without the element; nothing was inserted if it is less than {@code index}
     */
    long insert(long index, byte[] element) {
        List<Long> reply = key.reply(INSERT, Lua.args(index, element, max()));
        if (reply.get(0) < 0) {
            throw full(reply.get(1) + 1);
        }
        return reply.get(1);
    }

    /** Replaces the element at {@code index}, and returns it. */
    Found set(long index, byte[] element) {
        return found(key.reply(SET, Lua.args(index, element)));
    }

    /** Replaces the element at {@code index} if it is {@code expected}, else what {@code moved} says. */
    boolean set(long index, byte[] element, byte[] expected, Moved moved) {
        return found(key.reply(SET, Lua.args(index, element, expected, moved))).element() != null;
    }

    /** Removes the element at {@code index}, and returns it. */
    Found remove(long index) {
        return found(key.reply(REMOVE, Lua.args((Object) index)));
    }

    /** Removes the element at {@code index} if it is {@code expected}, else what {@code moved} says. */
    boolean remove(long index, byte[] expected, Moved moved) {
        return found(key.reply(REMOVE, Lua.args(index, expected, moved))).element() != null;
    }

    /**
     * Removes the elements that equal {@code element}: {@code count} of them from the head, or from the end if below 0.
     */
    boolean removeEqual(byte[] element, long count) {
        return key.reply(redis -> redis.listCommands().lRem(key.bytes(), count, element)) > 0;
    }

    /** Where the first {@code count} elements are that equal {@code element}; 0 for all. */
    List<Long> positions(byte[] element, long count) {
        return key.list("LPOS", Lua.args(element, "COUNT", count));
    }

    /** Where the last element is that equals {@code element}, if any. */
    List<Long> lastPosition(byte[] element) {
        return key.list("LPOS", Lua.args(element, "RANK", -1, "COUNT", 1));
    }

    /** Replaces {@code slice} by {@code elements}, as Python does it. */
    void replace(Slice slice, List<byte[]> elements) {
        List<Long> reply = replace(slice, "REPLACE", "", null, elements);
        if (reply.get(0) == -3) {
            throw new IllegalArgumentException(
                    "The slice %s of %s has %d elements, which cannot be replaced by %d: only a slice with the step 1 can"
                            .formatted(slice, key, reply.get(1), elements.size()));
        }
    }

    /** Removes {@code slice}, as Python does it. */
    void remove(Slice slice) {
        replace(slice, "REMOVE", "", null, List.of());
    }

    /**
     * Replaces the elements from {@code from} to {@code to}, which is not included, by {@code elements}.
     *
     * @return the length before; nothing was changed if it is less than {@code to}
     */
    long splice(int from, int to, List<byte[]> elements) {
        return replace(Slice.of(from, to), "REPLACE", "STRICT", null, elements).get(1);
    }

    /**
     * Replaces all elements of {@code range} by what {@code rewriter} makes of them, which is called again if anything
     * has changed meanwhile. Takes two round trips.
     *
     * @return how many elements there were, and how many there are now
     */
    Rewritten rewrite(Slice range, UnaryOperator<List<byte[]>> rewriter) {
        while (true) {
            List<byte[]> read = current(range);
            List<byte[]> rewritten = rewriter.apply(read);
            if (rewritten.equals(read)
                    || replace(range, "REPLACE", "", read, rewritten).get(0) == 1) {
                return new Rewritten(read.size(), rewritten.size());
            }
        }
    }

    /** The elements of all of the list, or between two indexes. */
    private List<byte[]> current(Slice range) {
        return range.start() == null || range.stop() == null
                ? key.wholeOnMaster("LLEN", "LRANGE", Lua.args(0, -1))
                : key.listOnMaster("LRANGE", Lua.args(range.start(), range.stop() - 1));
    }

    /** How many elements there were before something was rewritten, and after. */
    record Rewritten(int before, int after) {}

    private List<Long> replace(
            Slice slice, String what, String strict, @Nullable List<byte[]> expected, List<byte[]> elements) {
        byte[][] expectedSlices = expected == null ? new byte[0][] : Chunks.packed(key, expected, 1);
        List<Long> reply = key.reply(
                REPLACE,
                Lua.args(
                        slice.start() == null ? "" : slice.start(),
                        slice.stop() == null ? "" : slice.stop(),
                        slice.step(),
                        what,
                        max(),
                        strict,
                        Chunks.MAX_WHOLE_ELEMENTS,
                        expected == null ? "" : expectedSlices.length,
                        expectedSlices,
                        Chunks.packed(key, elements, 1)));
        if (reply.get(0) == -2) {
            throw full(reply.get(1));
        }
        if (reply.get(0) == -4) {
            requireFewMoved(reply.get(1));
        }
        return reply;
    }

    /** Removes all elements that equal one of {@code elements} or, to {@code retain} those, all others. */
    boolean filter(boolean retain, List<byte[]> elements) {
        long removed = key.reply(
                FILTER,
                Lua.args(retain ? "RETAIN" : "REMOVE", Chunks.MAX_WHOLE_ELEMENTS, Chunks.packed(key, elements, 1)));
        key.requireFewEnough(-removed);
        return removed > 0;
    }

    void reverse() {
        key.requireFewEnough(key.reply(REVERSE, Lua.args((Object) Chunks.MAX_WHOLE_ELEMENTS)));
    }

    /** Moves {@code steps} elements from the end to the head; below zero, the other way round. */
    void rotate(int steps) {
        requireFewMoved(key.reply(ROTATE, Lua.args(steps, Chunks.MAX_WHOLE_ELEMENTS)));
    }

    private void requireFewMoved(long moved) {
        if (moved > Chunks.MAX_WHOLE_ELEMENTS) {
            throw new PotteryException(
                    "This would move %d elements of %s, too many for one step (limit %d): do it nearer to an end, or in parts"
                            .formatted(moved, key, Chunks.MAX_WHOLE_ELEMENTS));
        }
    }

    private Object max() {
        return maxLength.isPresent() ? maxLength.getAsInt() : "";
    }

    private IllegalStateException full(long length) {
        return new IllegalStateException(
                "%s would have %d elements, more than its maximum of %d, so nothing was added: remove some, or add at an end of the deque"
                        .formatted(key, length, maxLength.orElse(0)));
    }

    private static Found found(List<Object> reply) {
        return (Long) reply.get(0) == 1 ? new Found((byte[]) reply.get(1), 0) : new Found(null, (Long) reply.get(1));
    }

    private static RedisScript<Long> script(String file) {
        return Lua.script(StoredList.class, file, Long.class);
    }

    private static <E> RedisScript<List<E>> listScript(String file) {
        return Lua.listScript(StoredList.class, file);
    }
}
