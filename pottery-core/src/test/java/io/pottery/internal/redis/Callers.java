package io.pottery.internal.redis;

import static org.awaitility.Awaitility.await;

import io.pottery.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Threads that make calls on one key, of which those that go alone can be held up. */
final class Callers implements AutoCloseable {

    private final Sends sends = new Sends();
    private final AtomicInteger alone = new AtomicInteger();
    private final RedisKey key;
    private volatile Runnable whileAlone = () -> {};
    private CountDownLatch held = new CountDownLatch(0);

    /**
     * A call, and the thread that makes it.
     *
     * @param interrupted whether the thread has its interrupt flag when the call is over
     */
    record Caller(Thread thread, CompletableFuture<String> outcome, AtomicBoolean interrupted) {

        /** Returns when the thread waits in a line. */
        Caller waits() {
            soon().until(() -> Stream.of(thread.getStackTrace()).anyMatch(Caller::isInLine));
            return this;
        }

        private static boolean isInLine(StackTraceElement frame) {
            return frame.getClassName().equals(Line.class.getName())
                    && frame.getMethodName().equals("await");
        }
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    Callers(GroupCommit together) {
        this(together, TestRedis.connections());
    }

    Callers(GroupCommit together, RedisConnectionFactory connections) {
        Keyspace keyspace = new Keyspace(connections, "", new TemporaryKeys(new SystemTimer()), false);
        String name = TestRedis.freshKey();
        this.key = new RedisKey(keyspace.key(DataType.HASH, name).redis(), DataType.HASH, name, null, together);
    }

    RedisKey key() {
        return key;
    }

    /** What goes together. */
    Sends sends() {
        return sends;
    }

    /** How many calls have gone alone. */
    int alone() {
        return alone.get();
    }

    /** Has those that go alone from now on run {@code work} meanwhile. */
    void whileAlone(Runnable work) {
        whileAlone = work;
    }

    /** Has calls that go alone from now on take until they are {@linkplain #letGo let go}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    /** Begins a call that goes alone, and returns when it is under way. */
    Caller alone(String argument) {
        return alone(sends, argument);
    }

    /** Like {@link #alone(String)}, of another kind. */
    Caller alone(Bulk<?, ?> kind, String argument) {
        int before = alone.get();
        Caller caller = begin(kind, argument);
        soon().until(() -> alone.get() > before);
        return caller;
    }

    /** Begins a call, and returns when it waits for others. */
    Caller join(String argument) {
        return join(sends, argument);
    }

    /** Like {@link #join(String)}, of another kind. */
    Caller join(Bulk<?, ?> kind, String argument) {
        return begin(kind, argument).waits();
    }

    /** Begins a call. Alone, its reply is its argument and an exclamation mark. */
    Caller begin(String argument) {
        return begin(sends, argument);
    }

    private Caller begin(Bulk<?, ?> kind, String argument) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(call(kind, argument));
            } catch (Throwable e) {
                interrupted.set(Thread.currentThread().isInterrupted());
                outcome.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Caller(thread, outcome, interrupted);
    }

    /** Makes a call. */
    @SuppressWarnings("unchecked") // what it is owed is made a text here
    String call(Bulk<?, ?> kind, String argument) {
        CountDownLatch until = held;
        Object reply = key.reply(
                (Bulk<?, Object>) kind,
                connection -> {
                    alone.incrementAndGet();
                    whileAlone.run();
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return argument + "!";
                },
                argument.getBytes(StandardCharsets.UTF_8));
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : reply.toString();
    }

    @Override
    public void close() {
        letGo();
    }
}
