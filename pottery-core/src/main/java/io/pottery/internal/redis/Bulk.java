package io.pottery.internal.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The command that does for many calls at once what each of them would do alone. Calls on one key whose {@code Bulk} is
 * equal may share one.
 *
 * @param <R> what the server replies to all of them
 * @param <T> what each of them is owed
 */
public interface Bulk<R, T> {

    /** The command for {@code calls}, which are the arguments of each, in the order in which they came. */
    Pipeline.Step<R> step(RedisKey key, List<byte[][]> calls);

    /** What the call at {@code index} is owed of {@code reply}. */
    @Nullable
    T replyTo(int index, R reply);

    /** Whether {@code reply} says that nothing was done for the call at {@code index}. */
    default boolean isLeftOut(int index, R reply) {
        return false;
    }

    /**
     * Whether each call is made alone if the server refuses the command for all: because that is another command, which
     * it may not refuse. Only for commands that do nothing at all if they are refused.
     */
    default boolean goesAloneIfRefused() {
        return false;
    }

    /** The keys that {@link #step} takes beside its own. */
    default List<RedisKey> others() {
        return List.of();
    }

    /** The command called {@code command}, which takes the arguments of all calls, and replies to each. */
    static <T> Bulk<List<T>, T> ofEach(String command) {
        return new Bulk<>() {
            @Override
            public Pipeline.Step<List<T>> step(RedisKey key, List<byte[][]> calls) {
                return new CommandStep<>(key, command, joined(calls), Bulk::list);
            }

            @Override
            public @Nullable T replyTo(int index, List<T> reply) {
                return reply.get(index);
            }

            @Override
            public boolean goesAloneIfRefused() {
                return true;
            }
        };
    }

    /**
     * {@code script}, which takes the arguments of all calls, and replies to each: nil if it did nothing for it. If it
     * fails, it must have done nothing at all.
     */
    static <T> Bulk<List<T>, T> ofEach(RedisScript<List<T>> script) {
        return new Bulk<>() {
            @Override
            public Pipeline.Step<List<T>> step(RedisKey key, List<byte[][]> calls) {
                return key.step(script, List.of(), joined(calls).toArray(byte[][]::new));
            }

            @Override
            public T replyTo(int index, List<T> reply) {
                return reply.get(index);
            }

            @Override
            public boolean isLeftOut(int index, List<T> reply) {
                return reply.get(index) == null;
            }

            @Override
            public boolean goesAloneIfRefused() {
                return true;
            }
        };
    }

    /**
     * The command called {@code command}, which takes the arguments of all calls, and whose reply is for none of them.
     */
    static Bulk<Long, Object> ofAll(String command) {
        return new Bulk<>() {
            @Override
            public Pipeline.Step<Long> step(RedisKey key, List<byte[][]> calls) {
                return new CommandStep<>(
                        key, command, joined(calls), () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE));
            }

            @Override
            public Object replyTo(int index, Long reply) {
                return reply;
            }
        };
    }

    /** The arguments of all {@code calls}, one after the other. */
    static List<byte[]> joined(List<byte[][]> calls) {
        List<byte[]> args = new ArrayList<>(calls.size());
        for (byte[][] call : calls) {
            Collections.addAll(args, call);
        }
        return args;
    }

    @SuppressWarnings("unchecked") // the caller knows what its command replies
    private static <T> CommandOutput<byte[], byte[], List<T>> list() {
        return (CommandOutput<byte[], byte[], List<T>>)
                (CommandOutput<?, ?, ?>) new ArrayOutput<>(ByteArrayCodec.INSTANCE);
    }
}
