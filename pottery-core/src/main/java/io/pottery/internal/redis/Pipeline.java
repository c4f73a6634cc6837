package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;

/**
 * Sends one command on one key chunk by chunk.
 *
 * <p>On Lettuce the next chunks go out before the first reply is in, over the connection that the application shares
 * anyway. Spring Data's own pipelines open a connection for each. Where the connection is another one, each reply is
 * waited for.
 */
final class Pipeline {

    private static final LettuceExceptionConverter EXCEPTIONS = new LettuceExceptionConverter();
    private static final int MAX_UNDER_WAY = 16;

    private final RedisKey key;
    private final String command;

    Pipeline(RedisKey key, String command) {
        this.key = key;
        this.command = command;
    }

    /**
     * Sends the command once for each of {@code chunks}.
     *
     * @param output takes one reply
     * @return the replies in the order of the chunks
     */
    <T> List<T> run(
            RedisConnection connection, List<List<byte[]>> chunks, Supplier<CommandOutput<byte[], byte[], T>> output) {
        return connection instanceof LettuceConnection lettuce
                ? run(lettuce.getNativeConnection(), chunks, output)
                : chunks.stream().map(chunk -> this.<T>call(connection, chunk)).toList();
    }

    @SuppressWarnings("unchecked") // the caller knows what its command replies
    private <T> T call(RedisConnection connection, List<byte[]> chunk) {
        return (T) Objects.requireNonNull(key.call(connection, command, chunk.toArray(byte[][]::new)));
    }

    private <T> List<T> run(
            RedisClusterAsyncCommands<byte[], byte[]> lettuce,
            List<List<byte[]>> chunks,
            Supplier<CommandOutput<byte[], byte[], T>> output) {
        CommandType type = CommandType.valueOf(command);
        Duration timeout = timeout(lettuce);
        Queue<RedisFuture<T>> underWay = new ArrayDeque<>();
        List<T> replies = new ArrayList<>(chunks.size());
        try {
            for (List<byte[]> chunk : chunks) {
                if (underWay.size() == MAX_UNDER_WAY) {
                    replies.add(await(underWay.remove(), timeout));
                }
                underWay.add(lettuce.dispatch(type, output.get(), args(chunk)));
            }
            while (!underWay.isEmpty()) {
                replies.add(await(underWay.remove(), timeout));
            }
            return replies;
        } catch (RuntimeException e) {
            underWay.forEach(reply -> reply.cancel(true));
            throw Objects.requireNonNullElse(EXCEPTIONS.convert(e), e);
        }
    }

    private CommandArgs<byte[], byte[]> args(List<byte[]> chunk) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key.bytes()).addValues(chunk);
    }

    private static <T> T await(RedisFuture<T> reply, Duration timeout) {
        return Objects.requireNonNull(LettuceFutures.awaitOrCancel(reply, timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Duration timeout(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        return lettuce instanceof AbstractRedisAsyncCommands<?, ?> commands
                ? commands.getConnection().getTimeout()
                : RedisURI.DEFAULT_TIMEOUT_DURATION;
    }
}
