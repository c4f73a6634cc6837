package io.pottery.internal.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

/** Calls that have gone together, and are answered by the test. */
final class Sends implements Bulk<List<String>, String> {

    /**
     * One command.
     *
     * @param lettuce over which it went
     * @param calls the argument of each
     * @param reply to be completed
     */
    record Sent(
            RedisClusterAsyncCommands<byte[], byte[]> lettuce,
            List<String> calls,
            AsyncCommand<byte[], byte[], List<String>> reply) {

        /** Answers each with its argument and a question mark. */
        void answer() {
            reply.complete(calls.stream().map(call -> call + "?").toList());
        }
    }

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private volatile boolean goesAloneIfRefused = true;
    private volatile @Nullable Function<Sent, RedisFuture<List<String>>> behaviour;

    /** The next command that was sent. */
    Sent next() throws InterruptedException {
        Sent next = sent.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing was sent");
        }
        return next;
    }

    /** Whether there is no command that {@link #next} has not returned. */
    boolean isEmpty() {
        return sent.isEmpty();
    }

    /** Has callers be told when the server refuses a command. */
    void tellRefusals() {
        goesAloneIfRefused = false;
    }

    @Override
    public boolean goesAloneIfRefused() {
        return goesAloneIfRefused;
    }

    /** Has {@code behaviour} answer commands at once, or throw. */
    void answer(Function<Sent, RedisFuture<List<String>>> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public Pipeline.Step<List<String>> step(RedisKey key, List<byte[][]> calls) {
        List<String> arguments = Bulk.joined(calls).stream()
                .map(argument -> new String(argument, StandardCharsets.UTF_8))
                .toList();
        return new Pipeline.Step<>() {
            @Override
            public RedisFuture<List<String>> sendOn(RedisClusterAsyncCommands<byte[], byte[]> lettuce) {
                Sent command = new Sent(lettuce, arguments, unanswered());
                Function<Sent, RedisFuture<List<String>>> answer = behaviour;
                sent.add(command);
                return answer == null ? command.reply() : answer.apply(command);
            }

            @Override
            public List<String> runOn(RedisConnection connection) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @SuppressWarnings("unchecked") // nobody reads the output
    private static AsyncCommand<byte[], byte[], List<String>> unanswered() {
        return (AsyncCommand<byte[], byte[], List<String>>) (AsyncCommand<?, ?, ?>)
                new AsyncCommand<>(new Command<>(CommandType.PING, new ArrayOutput<>(ByteArrayCodec.INSTANCE)));
    }

    @Override
    public String replyTo(int index, List<String> reply) {
        return reply.get(index);
    }
}
