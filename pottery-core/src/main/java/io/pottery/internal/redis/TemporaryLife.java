package io.pottery.internal.redis;

import io.pottery.error.PotteryException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

/**
 * The life of one temporary key. It is renewed while it is open and somebody holds it: the key's owner, or a container
 * that was opened by its name.
 */
public final class TemporaryLife {

    /** What is left of a key whose process has died. */
    static final Duration REMAINDER = Duration.ofMinutes(1);

    private final String name;
    private final RedisKey key;
    private final boolean waits;
    private final Map<String, TemporaryLife> besides = new ConcurrentHashMap<>();
    private volatile boolean open = true;
    private volatile boolean seen;

    TemporaryLife(String name, RedisKey key) {
        this(name, key, true);
    }

    /** With {@code waits}, the first renewal behind a command is waited for. */
    private TemporaryLife(String name, RedisKey key, boolean waits) {
        this.name = name;
        this.key = key;
        this.waits = waits;
    }

    /** The life of {@code beside}, a key that goes with this one: closed and renewed with it. */
    TemporaryLife beside(RedisKey beside) {
        return besides.computeIfAbsent(beside.name(), name -> new TemporaryLife(name, beside, false));
    }

    /** The name without the prefix, as users open containers by it. */
    public String name() {
        return name;
    }

    /** Deletes the keys, whatever they hold, and has every container at them refuse further calls. */
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        boolean interrupted = Thread.interrupted(); // an interrupted thread would not wait for the reply
        try {
            byte[][] keys = Stream.concat(Stream.of(this), besides.values().stream())
                    .map(life -> life.key.bytes())
                    .toArray(byte[][]::new);
            key.reply(redis -> redis.keyCommands().unlink(keys));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isOpen() {
        return open;
    }

    void requireOpen() {
        if (!open) {
            throw new PotteryException(
                    "%s was temporary and has been closed: nothing was sent, use it inside the try block of its TemporaryKey"
                            .formatted(key));
        }
    }

    /** Lets the keys end {@link #REMAINDER} from now, if they exist. */
    void renew() {
        seen = key.expire(REMAINDER);
        besides.values().forEach(TemporaryLife::renew);
    }

    /**
     * Renews after a command that may have made the key, were it anew or after it was closed. The first time is waited
     * for, unless the key is beside another one; from then on Lettuce sends it right behind.
     */
    void renewBehind(RedisConnection connection) {
        long millis = REMAINDER.toMillis();
        if ((seen || !waits) && connection instanceof LettuceConnection lettuce) {
            lettuce.getNativeConnection().pexpire(key.bytes(), millis);
        } else {
            seen = Boolean.TRUE.equals(connection.keyCommands().pExpire(key.bytes(), millis));
        }
    }
}
