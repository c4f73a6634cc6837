package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

/**
 * Lets calls travel together that would queue for the one connection of the application anyway.
 *
 * <p>As long as few calls of a kind are under way for a key, each goes out at once and alone. Those that come while
 * more are stand in a {@link Line}, and go out together, as one command. Where the client is not Lettuce, or each call
 * has a connection of its own, all go alone.
 */
final class GroupCommit {

    /** How many calls of a kind go out alone at a time: with fewer, threads wait for each other that need not. */
    private static final int ALONE = 16;

    /**
     * How long the first of a line waits for others at most, as exactly as threads can. On a fast network a reply sends
     * the line sooner; on a slow one, this is what a call loses.
     */
    private static final Duration HOLD = Duration.ofNanos(100_000);

    /** Which calls can travel together. */
    private record Kind(String key, Bulk<?, ?> bulk) {}

    private final ConcurrentMap<Kind, Line<?, ?>> lines = new ConcurrentHashMap<>();
    private final int alone;
    private final Duration hold;

    GroupCommit() {
        this(ALONE, HOLD);
    }

    /** Like the other one, with other limits. */
    GroupCommit(int alone, Duration hold) {
        this.alone = alone;
        this.hold = hold;
    }

    /** Sends {@code single} for {@code key}, or has {@code bulk} do the same with {@code args}, for it and others. */
    <R, T> @Nullable T call(RedisKey key, Bulk<R, T> bulk, RedisKey.Command<T> single, byte[]... args) {
        Kind kind = new Kind(key.name(), bulk);
        if (key.isBound()) {
            return key.run(single, bulk.others());
        }
        Line<R, T> line = line(kind);
        Line.Call<T> call = line == null ? null : line.join(args);
        if (line == null || call == null) {
            return key.run(connection -> alone(connection, key, kind, bulk, single), bulk.others());
        }
        if (call.isFirst()) {
            connect(key, line, call);
        }
        Line.Outcome<T> outcome = key.explained(bulk.others(), () -> line.await(call));
        return outcome.refused() ? key.run(single, bulk.others()) : outcome.reply();
    }

    /** Looks for the first of those that go together which connection the application has now. */
    private static <R, T> void connect(RedisKey key, Line<R, T> line, Line.Call<T> first) {
        try {
            key.run(connection -> {
                AbstractRedisAsyncCommands<byte[], byte[]> shared = shared(key, connection);
                if (shared != null) {
                    line.use(shared);
                }
                return null;
            });
        } catch (RuntimeException | Error e) {
            line.giveUp(first);
            throw e;
        }
    }

    private <R, T> @Nullable T alone(
            RedisConnection connection, RedisKey key, Kind kind, Bulk<R, T> bulk, RedisKey.Command<T> single) {
        AbstractRedisAsyncCommands<byte[], byte[]> shared = shared(key, connection);
        if (shared == null) {
            return single.on(connection);
        }
        Line<R, T> line = entered(key, kind, bulk, shared);
        try {
            return single.on(connection);
        } finally {
            line.left();
        }
    }

    /** The connection of all threads; null if each has its own. */
    private static @Nullable AbstractRedisAsyncCommands<byte[], byte[]> shared(
            RedisKey key, RedisConnection connection) {
        return connection instanceof LettuceConnection lettuce
                        && key.sharesConnection()
                        && lettuce.getNativeConnection() instanceof AbstractRedisAsyncCommands<byte[], byte[]> commands
                ? commands
                : null;
    }

    private <R, T> Line<R, T> entered(
            RedisKey key, Kind kind, Bulk<R, T> bulk, AbstractRedisAsyncCommands<byte[], byte[]> lettuce) {
        while (true) {
            Line<R, T> line = line(kind);
            if (line == null) {
                line = new Line<>(key, bulk, alone, hold, over -> lines.remove(kind, over));
                if (lines.putIfAbsent(kind, line) != null) {
                    continue;
                }
            }
            if (line.enter(lettuce)) {
                return line;
            }
        }
    }

    /** Whether no call is under way. */
    boolean isIdle() {
        return lines.isEmpty();
    }

    @SuppressWarnings("unchecked") // the bulk, which is a part of the kind, has the types of its line
    private <R, T> @Nullable Line<R, T> line(Kind kind) {
        return (Line<R, T>) lines.get(kind);
    }
}
