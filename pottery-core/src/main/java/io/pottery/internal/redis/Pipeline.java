package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;

/**
 * Sends one step after the other.
 *
 * <p>On Lettuce the next ones go out before the first reply is in, over the connection that the application shares
 * anyway. Spring Data's own pipelines open a connection for each. Where the connection is another one, each reply is
 * waited for.
 */
public final class Pipeline {

    /** One command or script, whose reply is never nil. */
    public interface Step<T> {

        /** Sends it. */
        RedisFuture<T> sendOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce);

        /** Sends it, and again if the server did not know the script. */
        default CompletableFuture<T> askOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
            return sendOn(lettuce).toCompletableFuture();
        }

        /** Runs it, whatever the server knows of scripts. */
        T runOn(RedisConnection connection);
    }

    private record Sent<T>(Step<T> step, RedisFuture<T> reply) {}

    private static final LettuceExceptionConverter EXCEPTIONS = new LettuceExceptionConverter();
    private static final int MAX_UNDER_WAY = 16;

    private Pipeline() {}

    /** Returns the replies in the order of {@code steps}. */
    static <T> List<T> run(RedisConnection connection, List<? extends Step<T>> steps) {
        return connection instanceof LettuceConnection lettuce
                ? run(lettuce, lettuce.getNativeConnection(), steps)
                : steps.stream().map(step -> step.runOn(connection)).toList();
    }

    private static <T> List<T> run(
            LettuceConnection connection,
            RedisClusterAsyncCommands<byte[], byte[]> lettuce,
            List<? extends Step<T>> steps) {
        Duration timeout = timeout(lettuce);
        Queue<Sent<T>> underWay = new ArrayDeque<>();
        List<T> replies = new ArrayList<>(steps.size());
        try {
            for (Step<T> step : steps) {
                if (underWay.size() == MAX_UNDER_WAY) {
                    replies.add(await(underWay.remove(), connection, timeout));
                }
                underWay.add(new Sent<>(step, step.sendOn(lettuce)));
            }
            while (!underWay.isEmpty()) {
                replies.add(await(underWay.remove(), connection, timeout));
            }
            return replies;
        } catch (RuntimeException e) {
            underWay.forEach(sent -> sent.reply().cancel(true));
            throw Objects.requireNonNullElse(EXCEPTIONS.convert(e), e);
        }
    }

    private static <T> T await(Sent<T> sent, LettuceConnection connection, Duration timeout) {
        try {
            return Objects.requireNonNull(
                    LettuceFutures.awaitOrCancel(sent.reply(), timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RuntimeException e) {
            if (Failures.isUnknownScript(e)) {
                return sent.step().runOn(connection);
            }
            throw e;
        }
    }

    /** How long Lettuce waits for the reply to a command. */
    static Duration timeout(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        return lettuce instanceof AbstractRedisAsyncCommands<?, ?> commands
                ? commands.getConnection().getTimeout()
                : RedisURI.DEFAULT_TIMEOUT_DURATION;
    }
}
