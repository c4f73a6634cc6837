package io.pottery.internal.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.script.RedisScript;

/** One script that returns a list, and the keys and arguments that it runs with. */
record ScriptStep<E>(RedisScript<List<E>> script, int keys, byte[][] keysAndArgs) implements Pipeline.Step<List<E>> {

    @Override
    public RedisFuture<List<E>> sendOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        return send(lettuce, CommandType.EVALSHA, script.getSha1());
    }

    @Override
    public CompletableFuture<List<E>> askOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
        RedisFuture<List<E>> sent = sendOn(lettuce);
        CompletableFuture<List<E>> reply = sent.toCompletableFuture()
                .exceptionallyCompose(failure -> Failures.isUnknownScript(failure)
                        ? send(lettuce, CommandType.EVAL, script.getScriptAsString())
                        : CompletableFuture.failedFuture(failure));
        reply.whenComplete((all, failure) -> {
            if (reply.isCancelled()) {
                sent.cancel(true);
            }
        });
        return reply;
    }

    @SuppressWarnings("unchecked") // the caller knows what its script returns
    private RedisFuture<List<E>> send(
            RedisClusterAsyncCommands<byte[], byte[]> lettuce, CommandType command, String scriptOrDigest) {
        CommandArgs<byte[], byte[]> args =
                new CommandArgs<>(ByteArrayCodec.INSTANCE).add(scriptOrDigest).add(keys);
        List<byte[]> parts = Arrays.asList(keysAndArgs);
        args.addKeys(parts.subList(0, keys)).addValues(parts.subList(keys, parts.size()));
        return (RedisFuture<List<E>>)
                (RedisFuture<?>) lettuce.dispatch(command, new ArrayOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    @Override
    public List<E> runOn(RedisConnection connection) {
        return Objects.requireNonNull(RedisKey.evaluate(connection, script, keys, keysAndArgs));
    }
}
