package io.pottery.lock;

import io.pottery.codec.Codec;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A value in Redis that only the latest lease may change: it remembers the highest fencing token that it was written
 * with, and refuses lower ones. So a holder that was paused past the end of its lease cannot undo what a later one has
 * written, whatever clocks do.
 *
 * <pre>{@code
 * try (Lease lease = pottery.redlock("stock").acquire()) {
 *     stock.set(lease.fencingToken(), count - 1);
 * }
 * }</pre>
 *
 * <p>The key is a hash with the fields {@code fence} and {@code value}. All writers must use tokens of the same lock.
 */
public final class FencedValue<V> {

    private static final RedisScript<Long> SET = Lua.script(FencedValue.class, "fenced_set.lua", Long.class);

    private static final byte[] VALUE = {'v', 'a', 'l', 'u', 'e'};
    private static final byte[] FENCE = {'f', 'e', 'n', 'c', 'e'};

    private final RedisKey key;
    private final Codec<V> codec;

    /** For the factory. */
    public FencedValue(RedisKey key, Codec<V> codec) {
        this.key = key;
        this.codec = codec;
    }

    /**
     * Stores {@code value} on behalf of the lease with {@code fencingToken}. The same token may write as often as it
     * likes. One round trip, one step.
     *
     * @throws LeaseLostException if a later lease has written before; then nothing is stored
     */
    public void set(long fencingToken, V value) {
        if (fencingToken <= 0) {
            throw new IllegalArgumentException("fencingToken must be more than 0, was " + fencingToken);
        }
        long later = key.reply(SET, Lua.args(fencingToken, codec.encode(value)));
        if (later > 0) {
            throw new LeaseLostException(
                    "%s was not written: fencing token %d is older than %d, which has written before, so this lease is over"
                            .formatted(key, fencingToken, later));
        }
    }

    /** The value that was written last; empty if none was. One round trip. */
    public Optional<V> get() {
        return field(VALUE).map(codec::decode);
    }

    /** The highest token that has written; empty if none has. One round trip. */
    public OptionalLong fencingToken() {
        return field(FENCE).stream().mapToLong(this::parsed).findFirst();
    }

    /** The key in Redis, prefix included. */
    public String key() {
        return key.name();
    }

    private long parsed(byte[] token) {
        try {
            return Long.parseLong(new String(token, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) { // whose message repeats what is stored
            throw new PotteryException(
                    "The fence of %s is not a number, so others have written there: delete the key".formatted(key));
        }
    }

    private Optional<byte[]> field(byte[] name) {
        return Optional.ofNullable(key.run(redis -> redis.hashCommands().hGet(key.bytes(), name)));
    }
}
