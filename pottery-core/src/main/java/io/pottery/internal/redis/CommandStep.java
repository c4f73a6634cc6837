package io.pottery.internal.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * One command on one key.
 *
 * @param output takes the reply
 */
record CommandStep<T>(
        RedisKey key, String command, List<byte[]> args, Supplier<CommandOutput<byte[], byte[], T>> output)
        implements Pipeline.Step<T> {

    @Override
    public RedisFuture<T> sendOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        return lettuce.dispatch(
                CommandType.valueOf(command),
                output.get(),
                new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key.bytes()).addValues(args));
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what its command replies
    public T runOn(RedisConnection connection) {
        return (T) Objects.requireNonNull(key.call(connection, command, args.toArray(byte[][]::new)));
    }
}
