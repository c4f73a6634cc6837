package io.pottery.cache;

import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.Circuit;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.script.RedisScript;

/** The entries of one cache as Redis has them: JSON by field, and who computes which. */
final class Entries {

    private static final Log LOG = LogFactory.getLog(Entries.class);

    private static final Bulk<?, byte[]> READ = Bulk.ofEach("HMGET");
    private static final RedisScript<List<Object>> LOOKUP = Lua.listScript(Entries.class, "lookup.lua");
    private static final RedisScript<Long> STORE = Lua.script(Entries.class, "store.lua", Long.class);
    private static final RedisScript<Long> EVICT = Lua.script(Entries.class, "evict.lua", Long.class);
    private static final RedisScript<Long> CLEAR = Lua.script(Entries.class, "clear.lua", Long.class);
    private static final RedisScript<Long> SIZE = Lua.script(Entries.class, "size.lua", Long.class);

    /** What is told of a clear. */
    private static final byte[] ALL = {};

    private final RedisKey hash;
    private final List<RedisKey> deadlines;
    private final List<RedisKey> others;
    private final CacheOptions options;
    private final Circuit circuit;
    private final @Nullable NearChannels near;
    private final AtomicLong changes;
    private final String timeout;
    private final String whichEnd;
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * The entries at {@code hash}.
     *
     * @param near has copies dropped in this process, if there can be any
     * @param changes counts what all caches of this process remove or put
     */
    Entries(RedisKey hash, CacheOptions options, Circuit circuit, @Nullable NearChannels near, AtomicLong changes) {
        this.hash = hash;
        this.options = options;
        this.circuit = circuit;
        this.near = near;
        this.changes = changes;
        RedisKey byDeadline = hash.beside(DataType.ZSET, "deadlines");
        this.deadlines = List.of(byDeadline);
        this.others = List.of(byDeadline, hash.beside(DataType.HASH, "loads"));
        this.timeout = options.timeout() == null ? "" : millis(options.timeout());
        this.whichEnd = options.ttl() != null ? "all" : options.nullTtl() != null ? "some" : "none";
    }

    RedisKey hash() {
        return hash;
    }

    /** Whether a plain HGET finds what there is: nothing ends, and nobody needs to know when. */
    boolean arePlain() {
        return timeout.isEmpty() && whichEnd.equals("none") && options.near() == 0;
    }

    byte @Nullable [] read(byte[] field) {
        return call(() -> hash.run(READ, redis -> redis.hashCommands().hGet(hash.bytes(), field), field));
    }

    /**
     * Looks an entry up.
     *
     * @param id names the epoch that begins if nobody computes the entry yet
     * @param epoch where to compute it beside others; empty if nowhere
     * @param unreadable the digest of a JSON text that counts as none; empty if all count
     */
    Lookup lookup(byte[] field, Lookup.Mode mode, String id, String epoch, String unreadable) {
        long lease = options.lease().toMillis();
        long wait = options.sync() ? lease : 0;
        Duration ahead = options.refreshAhead();
        long enough = ahead == null ? 0 : ahead.toMillis();
        List<Object> reply = call(() -> hash.reply(
                LOOKUP,
                others,
                Lua.args(field, timeout, whichEnd, mode.text(), id, epoch, wait, unreadable, lease, enough)));
        return switch (text(reply.get(0))) {
            case "hit" -> new Lookup.Hit((byte[]) reply.get(1), duration(reply.get(2)), duration(reply.get(3)));
            case "load" -> new Lookup.Turn(text(reply.get(1)), (Long) reply.get(2));
            case "wait" -> new Lookup.Busy(text(reply.get(1)), Duration.ofMillis((Long) reply.get(2)));
            default -> new Lookup.None();
        };
    }

    /**
     * Stores what was computed, unless it was evicted since.
     *
     * @param json null if there is nothing to store
     */
    boolean store(byte[] field, Lookup.@Nullable Turn turn, byte @Nullable [] json, @Nullable Duration life) {
        String ends = life == null ? "" : millis(life);
        byte[][] args = Lua.args(
                field,
                timeout,
                whichEnd,
                turn == null ? "" : turn.epoch(),
                turn == null ? "" : turn.number(),
                json == null ? "" : json,
                ends);
        return call(() -> hash.reply(STORE, others, args)) == 1;
    }

    /** How long a value lives from now on, if it is null or not; null if for ever. */
    @Nullable
    Duration life(boolean isNull) {
        Duration life = isNull ? options.nullTtl() : options.ttl();
        if (life == null || options.jitter() == 0) {
            return life;
        }
        double share = 1 - options.jitter() * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis(Math.max(1, (long) (life.toMillis() * share)));
    }

    /** Stores {@code json} in any case. */
    void put(byte[] field, byte[] json, @Nullable Duration life) {
        try {
            store(field, null, json, life);
        } finally {
            forgetCopies(field);
        }
    }

    boolean evict(byte[] field) {
        try {
            return call(() -> hash.reply(EVICT, others, field)) == 1;
        } finally {
            forgetCopies(field);
        }
    }

    void clear() {
        try {
            call(() -> hash.reply(CLEAR, others));
        } finally {
            forgetCopies(ALL);
        }
    }

    /** How often callers of this process have removed or put something, so that nobody follows who began before. */
    long changes() {
        return changes.get();
    }

    /** Has all handles of this process drop what they know of an entry, at once: the message about it is on its way. */
    void forgetCopies(byte[] field) {
        changes.incrementAndGet();
        if (near != null) {
            near.tell(hash.name(), new String(field, StandardCharsets.US_ASCII));
        }
    }

    long size() {
        return call(() -> whichEnd.equals("none")
                ? hash.reply(redis -> redis.hashCommands().hLen(hash.bytes()))
                : hash.reply(SIZE, deadlines));
    }

    /** Tells the log that callers do without Redis, once until it has answered again. */
    void complain(Throwable failure) {
        if (!circuit.isOpen() && complained.compareAndSet(false, true)) {
            LOG.warn("Cache %s does without Redis: %s".formatted(hash, failure.getMessage()));
        }
    }

    private <T extends @Nullable Object> T call(Supplier<T> work) {
        T reply = circuit.call(hash, work);
        if (complained.get()) {
            complained.set(false);
        }
        return reply;
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.US_ASCII);
    }

    private static @Nullable Duration duration(Object millis) {
        return (Long) millis < 0 ? null : Duration.ofMillis((Long) millis);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.plusNanos(999_999).toMillis());
    }
}
