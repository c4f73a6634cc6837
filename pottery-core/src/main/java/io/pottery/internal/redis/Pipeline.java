package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;

/**
 * Sends one command on one key chunk by chunk and adds up the integers that come back.
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

    long sum(RedisConnection connection, List<List<byte[]>> chunks) {
        if (connection instanceof LettuceConnection lettuce) {
            return sum(lettuce.getNativeConnection(), chunks);
        }
        long sum = 0;
        for (List<byte[]> chunk : chunks) {
            sum += (Long) Objects.requireNonNull(key.call(connection, command, chunk.toArray(byte[][]::new)));
        }
        return sum;
    }

    private long sum(RedisClusterAsyncCommands<byte[], byte[]> lettuce, List<List<byte[]>> chunks) {
        CommandType type = CommandType.valueOf(command);
        Duration timeout = timeout(lettuce);
        Queue<RedisFuture<Long>> underWay = new ArrayDeque<>();
        long sum = 0;
        try {
            for (List<byte[]> chunk : chunks) {
                if (underWay.size() == MAX_UNDER_WAY) {
                    sum += await(underWay.remove(), timeout);
                }
                underWay.add(lettuce.dispatch(type, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args(chunk)));
            }
            while (!underWay.isEmpty()) {
                sum += await(underWay.remove(), timeout);
            }
            return sum;
        } catch (RuntimeException e) {
            underWay.forEach(reply -> reply.cancel(true));
            throw Objects.requireNonNullElse(EXCEPTIONS.convert(e), e);
        }
    }

    private CommandArgs<byte[], byte[]> args(List<byte[]> chunk) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key.bytes()).addValues(chunk);
    }

    private static long await(RedisFuture<Long> reply, Duration timeout) {
        return Objects.requireNonNull(LettuceFutures.awaitOrCancel(reply, timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Duration timeout(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        return lettuce instanceof AbstractRedisAsyncCommands<?, ?> commands
                ? commands.getConnection().getTimeout()
                : RedisURI.DEFAULT_TIMEOUT_DURATION;
    }
}
