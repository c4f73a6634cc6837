package io.pottery.benchmarks.collection;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A loop of Lettuce's commands that are sent together. */
final class Pipeline {

    private final StatefulRedisConnection<String, String> connection;

    /** On a connection that nobody else uses. */
    Pipeline(StatefulRedisConnection<String, String> connection) {
        this.connection = connection;
        connection.setAutoFlushCommands(false);
    }

    /** Sends {@code command} for each of {@code elements}, and waits for all replies. */
    <E, R> List<R> each(
            Collection<E> elements, BiFunction<RedisAsyncCommands<String, String>, E, RedisFuture<R>> command) {
        RedisAsyncCommands<String, String> redis = connection.async();
        List<RedisFuture<R>> replies =
                elements.stream().map(element -> command.apply(redis, element)).toList();
        connection.flushCommands();
        return replies.stream()
                .map(reply -> LettuceFutures.awaitOrCancel(reply, 1, TimeUnit.MINUTES))
                .toList();
    }
}
