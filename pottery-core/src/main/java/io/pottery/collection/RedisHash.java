package io.pottery.collection;

import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.ScanPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/** A Redis hash, in bytes. Each method is one atomic step and one round trip, unless it says otherwise. */
final class RedisHash {

    /** In {@link #rewrite}: leave the entry as it is. */
    static final byte[] KEEP = {};

    /** In {@link #rewrite}: take the entry away. */
    static final byte[] REMOVE = {'-'};

    /** What {@link #rewriteWith} and {@link #rewriteOnly} show for a field that has no value. */
    static final byte[] ABSENT = {};

    private static final Bulk<?, byte[]> GET = Bulk.ofEach("HMGET");
    private static final Bulk<?, Object> SET = Bulk.ofAll("HSET");
    private static final Bulk<?, Object> INCREMENT = Bulk.ofEach(listScript("hash_increment_each.lua"));

    private static final RedisScript<byte[]> PUT = script("hash_put.lua", byte[].class);
    private static final RedisScript<byte[]> PUT_IF_ABSENT = script("hash_put_if_absent.lua", byte[].class);
    private static final RedisScript<Long> PUT_ALL = script("hash_put_all.lua", Long.class);
    private static final RedisScript<List<byte[]>> PUT_ALL_IF_ABSENT = listScript("hash_put_all_if_absent.lua");
    private static final RedisScript<Boolean> ADD_ALL = script("hash_add_all.lua", Boolean.class);
    private static final RedisScript<byte[]> REPLACE = script("hash_replace.lua", byte[].class);
    private static final RedisScript<byte[]> TAKE = script("hash_remove.lua", byte[].class);
    private static final RedisScript<List<Object>> SWAP = listScript("hash_swap.lua");
    private static final RedisScript<List<byte[]>> POLL = listScript("hash_poll.lua");
    private static final RedisScript<Boolean> REWRITE = script("hash_rewrite.lua", Boolean.class);
    private static final RedisScript<List<Object>> FIND_VALUE = listScript("hash_find_value.lua");
    private static final RedisScript<Boolean> CONTAINS_ALL = script("hash_contains_all.lua", Boolean.class);
    private static final RedisScript<Long> REMOVE_ENTRIES = script("hash_remove_entries.lua", Long.class);
    private static final RedisScript<Long> RETAIN = script("hash_retain.lua", Long.class);

    private final RedisKey key;

    RedisHash(RedisKey key) {
        this.key = key;
    }

    long size() {
        return key.reply(redis -> redis.hashCommands().hLen(key.bytes()));
    }

    boolean has(byte[] field) {
        return key.reply(redis -> redis.hashCommands().hExists(key.bytes(), field));
    }

    byte @Nullable [] get(byte[] field) {
        return key.run(GET, redis -> redis.hashCommands().hGet(key.bytes(), field), field);
    }

    /** The values of {@code fields} in their order, null where there is none. Chunked like {@link #setAll}. */
    List<byte @Nullable []> getAll(List<byte[]> fields) {
        return key.<byte @Nullable []>lists("HMGET", fields, 1);
    }

    void set(byte[] field, byte[] value) {
        key.run(SET, redis -> redis.hashCommands().hSet(key.bytes(), field, value), field, value);
    }

    /** Chunked and pipelined beyond 1,000 entries; atomic by chunk. */
    void setAll(List<byte[]> fieldsAndValues) {
        key.sum("HSET", fieldsAndValues, 2);
    }

    byte @Nullable [] put(byte[] field, byte[] value) {
        return key.run(PUT, field, value);
    }

    byte @Nullable [] putIfAbsent(byte[] field, byte[] value) {
        return key.run(PUT_IF_ABSENT, field, value);
    }

    /** Lets the whole hash end after {@code timeToLive} if the value was stored; empty for no such end. */
    byte @Nullable [] putIfAbsent(byte[] field, byte[] value, OptionalLong timeToLive) {
        return key.run(PUT_IF_ABSENT, Lua.args(field, value, millis(timeToLive)));
    }

    /** Stores all entries in one step, and lets the whole hash end after {@code timeToLive}; empty for no such end. */
    void putAll(List<byte[]> fieldsAndValues, OptionalLong timeToLive) {
        key.reply(PUT_ALL, Lua.args(millis(timeToLive), Chunks.packed(key, fieldsAndValues, 2)));
    }

    /**
     * Stores those entries in one step whose field has no value, and lets the whole hash end after {@code timeToLive}
     * if there are any. Returns what was there for each, or {@link #ABSENT}.
     */
    List<byte[]> putAllIfAbsent(List<byte[]> fieldsAndValues, OptionalLong timeToLive) {
        return key.reply(PUT_ALL_IF_ABSENT, Lua.args(millis(timeToLive), Chunks.packed(key, fieldsAndValues, 2)));
    }

    /** Adds to one count; empty, with nothing changed, if the server cannot compute with what is stored. */
    Optional<Long> increment(byte[] field, long by) {
        return key.calculate(
                        INCREMENT, redis -> redis.hashCommands().hIncrBy(key.bytes(), field, by), Lua.args(field, by))
                .map(count -> count instanceof byte[] digits
                        ? Long.valueOf(new String(digits, StandardCharsets.US_ASCII))
                        : (Long) count);
    }

    /** Adds to many counts; false, with nothing changed, if the server cannot compute with one of them. */
    boolean addAll(List<byte[]> fieldsAndNumbers) {
        return key.reply(ADD_ALL, Chunks.packed(key, fieldsAndNumbers, 2));
    }

    byte @Nullable [] replace(byte[] field, byte[] value) {
        return key.run(REPLACE, field, value);
    }

    /** Removes the field and returns its value. */
    byte @Nullable [] take(byte[] field) {
        return key.run(TAKE, field);
    }

    boolean remove(byte[] field) {
        return key.reply(redis -> redis.hashCommands().hDel(key.bytes(), field)) > 0;
    }

    /** Chunked and pipelined beyond 1,000 fields; atomic by chunk. */
    boolean removeAll(List<byte[]> fields) {
        return key.sum("HDEL", fields, 1) > 0;
    }

    boolean retainAll(List<byte[]> fields) {
        long removed = key.reply(RETAIN, Lua.args(Chunks.MAX_WHOLE_ELEMENTS + 1, Chunks.packed(key, fields, 1)));
        if (removed < 0) {
            key.requireFewEnough(size());
        }
        return removed > 0;
    }

    /** Removes those of the entries that are there just so. */
    boolean removeEntries(List<byte[]> fieldsAndValues) {
        return key.reply(REMOVE_ENTRIES, Chunks.packed(key, fieldsAndValues, 2)) > 0;
    }

    boolean containsAll(List<byte[]> fields) {
        return key.reply(CONTAINS_ALL, Chunks.packed(key, fields, 1));
    }

    /**
     * What became of an exchange.
     *
     * @param current the value that is there instead of the expected one; null if none is, or if the exchange was done
     */
    record Swap(boolean done, byte @Nullable [] current) {}

    /** Exchanges {@code expected} for {@code replacement}, if it is there; null stands for no value. */
    Swap swap(byte[] field, byte @Nullable [] expected, byte @Nullable [] replacement) {
        List<Object> reply = key.reply(
                SWAP,
                field,
                Objects.requireNonNullElse(expected, ABSENT),
                Objects.requireNonNullElse(replacement, ABSENT));
        return new Swap((Long) reply.get(0) == 1, reply.size() == 1 ? null : (byte[]) reply.get(1));
    }

    /** Removes some entry and returns its field and value; an empty list if there is none. */
    List<byte[]> poll() {
        return key.reply(POLL);
    }

    void populate(List<byte[]> fieldsAndValues) {
        key.populate("HSET", fieldsAndValues, 2);
    }

    /** All fields and values in turn. */
    List<byte[]> snapshot() {
        return key.whole("HLEN", "HGETALL");
    }

    /** All values, read like {@link #snapshot}. */
    List<byte[]> values() {
        List<byte[]> snapshot = snapshot();
        return IntStream.range(0, snapshot.size() / 2)
                .mapToObj(i -> snapshot.get(2 * i + 1))
                .toList();
    }

    /**
     * Gives every entry the value that {@code rewriter} returns for its field and value, which may be {@link #KEEP} or
     * {@link #REMOVE}. One step: it is begun anew if anything has changed since the entries were read. Takes two round
     * trips.
     *
     * @return false if all entries are kept
     */
    boolean rewrite(BinaryOperator<byte[]> rewriter) {
        return rewrite(this::current, true, rewriter);
    }

    /** Like {@link #rewrite}, but shows those of {@code fields} that have no value, too. */
    boolean rewriteWith(Collection<ByteBuffer> fields, BinaryOperator<byte[]> rewriter) {
        return rewrite(() -> with(fields, current()), true, rewriter);
    }

    /** Like {@link #rewrite}, but of {@code fields} alone, with or without a value; others may change meanwhile. */
    boolean rewriteOnly(List<byte[]> fields, BinaryOperator<byte[]> rewriter) {
        return rewrite(() -> read(fields), false, rewriter);
    }

    private boolean rewrite(Supplier<List<byte[]>> read, boolean whole, BinaryOperator<byte[]> rewriter) {
        while (true) {
            List<byte[]> entries = read.get();
            List<byte[]> args = new ArrayList<>(entries.size() / 2 * 3);
            boolean changes = false;
            int present = 0;
            for (int i = 0; i < entries.size(); i += 2) {
                byte[] value = entries.get(i + 1);
                byte[] rewritten = rewriter.apply(entries.get(i), value);
                args.addAll(List.of(entries.get(i), value, rewritten));
                changes |= rewritten != KEEP;
                present += value == ABSENT ? 0 : 1;
            }
            if (!changes || key.reply(REWRITE, Lua.args(whole ? present : "", Chunks.packed(key, args, 3)))) {
                return changes;
            }
        }
    }

    private List<byte[]> current() {
        return key.wholeOnMaster("HLEN", "HGETALL");
    }

    private static List<byte[]> with(Collection<ByteBuffer> fields, List<byte[]> snapshot) {
        Set<ByteBuffer> absent = new LinkedHashSet<>(fields);
        IntStream.range(0, snapshot.size() / 2).forEach(i -> absent.remove(ByteBuffer.wrap(snapshot.get(2 * i))));
        List<byte[]> entries = new ArrayList<>(snapshot);
        absent.forEach(field -> entries.addAll(List.of(field.array(), ABSENT)));
        return entries;
    }

    private List<byte[]> read(List<byte[]> fields) {
        List<byte @Nullable []> values = new ArrayList<>(fields.size());
        Chunks.of(fields, 1).forEach(chunk -> values.addAll(key.listOnMaster("HMGET", chunk.toArray(byte[][]::new))));
        List<byte[]> entries = new ArrayList<>(2 * fields.size());
        for (int i = 0; i < fields.size(); i++) {
            entries.add(fields.get(i));
            entries.add(Objects.requireNonNullElse(values.get(i), ABSENT));
        }
        return entries;
    }

    /** Removes the entries whose field and value {@code filter} accepts, in one step like {@link #rewrite}. */
    boolean removeIf(BiPredicate<byte[], byte[]> filter) {
        return rewrite((field, value) -> filter.test(field, value) ? REMOVE : KEEP);
    }

    /** Whether some entry has {@code value}, and removes one if told to. A round trip for each 1,024 entries. */
    boolean findValue(byte[] value, boolean remove) {
        byte[] cursor = ScanPage.START;
        do {
            List<Object> reply = key.reply(FIND_VALUE, Lua.args(cursor, value, remove ? 1 : 0));
            if ((Long) reply.get(1) == 1) {
                return true;
            }
            cursor = (byte[]) reply.get(0);
        } while (!ScanPage.isEnd(cursor));
        return false;
    }

    ScanPage firstPage() {
        return key.scan("HSCAN", ScanPage.START);
    }

    private static Object millis(OptionalLong timeToLive) {
        return timeToLive.isPresent() ? timeToLive.getAsLong() : "";
    }

    private static <T> RedisScript<T> script(String file, Class<T> result) {
        return Lua.script(RedisHash.class, file, result);
    }

    private static <E> RedisScript<List<E>> listScript(String file) {
        return Lua.listScript(RedisHash.class, file);
    }
}
