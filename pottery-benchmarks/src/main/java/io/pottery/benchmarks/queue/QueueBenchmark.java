package io.pottery.benchmarks.queue;

import io.lettuce.core.CopyArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many elements a second go through a queue. Pottery's confirms what it has taken, behind and within the time that
 * is measured; those of the others forget an element when they send it.
 */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class QueueBenchmark {

    private static final int BULK = 1_000;
    private static final int DRAINED = 20 * BULK;

    /** One thread that puts. */
    @Benchmark
    @Row(order = 1, value = "put, 1 thread")
    @Threads(1)
    public void put(Empty queue) throws InterruptedException {
        queue.queues.put(Opened.ELEMENT);
    }

    /** Eight threads that put. */
    @Benchmark
    @Row(order = 2, value = "put, 8 threads")
    @Threads(8)
    public void puts(Empty queue) throws InterruptedException {
        queue.queues.put(Opened.ELEMENT);
    }

    /** One thread that takes what is there. */
    @Benchmark
    @Row(order = 3, value = "take of a backlog, 1 thread")
    @Threads(1)
    public String takeOneByOne(Backlog queue) throws InterruptedException {
        return queue.next();
    }

    /** Eight threads that take what is there. */
    @Benchmark
    @Row(order = 4, value = "take of a backlog, 8 threads")
    @Threads(8)
    public String takesOneByOne(Backlog queue) throws InterruptedException {
        return queue.next();
    }

    /** One thread that puts an element and takes it. */
    @Benchmark
    @Row(order = 5, value = "put, then take")
    @Threads(1)
    public String putAndTake(Empty queue) throws InterruptedException {
        queue.queues.put(Opened.ELEMENT);
        return queue.queues.take();
    }

    /** One thread that takes a thousand elements at once, twenty times, until they are confirmed. */
    @Benchmark
    @Row(order = 6, value = "drainTo of 1,000, until it is confirmed")
    @Threads(1)
    @OperationsPerInvocation(DRAINED / BULK)
    public int drain(Refilled queue) throws InterruptedException {
        int drained = 0;
        while (drained < DRAINED) {
            drained += queue.queues.drain(BULK);
        }
        queue.queues.awaitConfirmed();
        return drained;
    }

    /** The queue of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        static final String ELEMENT = "order 4711 of customer 42: three pens, a rubber and a notebook";

        static final String NAME = "queue";

        /** Whose queue. */
        @Param({"POTTERY", "REDISSON", "LETTUCE"})
        public Library library = Library.POTTERY;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Queues queues;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private RedisClient client;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        RedisCommands<String, String> redis;

        /** Opens the queue. */
        @Setup
        public void open() {
            String uri = Servers.uris().get(0);
            client = RedisClient.create(uri);
            redis = client.connect().sync();
            queues = Queues.open(library, uri, NAME);
        }

        /** Lets the queue hold {@code count} elements: by one command, but for the first time. */
        void refill(int count) {
            String kept = "%s of %s, %d".formatted(NAME, library, count);
            if (redis.exists(kept) == 0) {
                redis.del(NAME);
                for (int first = 0; first < count; first += BULK) {
                    int more = Math.min(BULK, count - first);
                    queues.putAll(
                            IntStream.range(0, more).mapToObj(i -> ELEMENT).toList());
                }
                redis.copy(NAME, kept);
            }
            redis.copy(kept, NAME, CopyArgs.Builder.replace(true));
        }

        /** Closes it. */
        @TearDown
        public void close() throws InterruptedException {
            queues.awaitConfirmed();
            queues.close();
            client.shutdown();
        }
    }

    /** A queue that begins empty. */
    public static class Empty extends Opened {

        /** Empties it. */
        @Setup(Level.Iteration)
        public void empty() {
            redis.del(NAME);
        }
    }

    /** A queue that begins with more elements than are taken. */
    public static class Backlog extends Opened {

        /** How many elements. */
        @Param("200000")
        public int backlog = 200_000;

        private final AtomicInteger left = new AtomicInteger();

        /** Fills it. */
        @Setup(Level.Iteration)
        public void fill() {
            refill(backlog);
            left.set(backlog);
        }

        String next() throws InterruptedException {
            if (left.decrementAndGet() < 0) {
                throw new IllegalStateException(
                        "All elements are taken: have more of them, by -p backlog=, or a shorter iteration");
            }
            return queues.take();
        }
    }

    /** A queue that has what is drained. */
    public static class Refilled extends Opened {

        /** Fills it. */
        @Setup(Level.Invocation)
        public void fill() {
            refill(DRAINED);
        }
    }
}
