package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How often in a second a lock is taken and given back. All run on one server, the libraries by turns. */
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LockBenchmark {

    /** One thread, and nobody else. */
    @Benchmark
    @Row(order = 1, value = "acquire and release, 1 thread")
    @Threads(1)
    public void alone(All all, OwnName own) throws InterruptedException {
        all.locks.acquire(own.name).release();
    }

    /** Sixteen threads, each with a lock of its own. */
    @Benchmark
    @Row(order = 2, value = "16 threads, a lock each")
    @Threads(16)
    public void sideBySide(All all, OwnName own) throws InterruptedException {
        all.locks.acquire(own.name).release();
    }

    /** Eight threads that want the same lock. */
    @Benchmark
    @Row(order = 3, value = "8 threads, one lock")
    @Threads(8)
    public void contended(Waiting waiting) throws InterruptedException {
        waiting.locks.acquire("contended").release();
    }

    /** The name of a lock that one thread alone takes. */
    @State(Scope.Thread)
    public static class OwnName {

        private static final AtomicInteger NAMES = new AtomicInteger();

        final String name = "own-" + NAMES.getAndIncrement();
    }

    /** The locks of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Locks locks;

        abstract Library library();

        /** Opens the locks and has them connect. */
        @Setup
        public void open() throws InterruptedException {
            locks = Locks.open(library(), Servers.uris().subList(0, 1));
            locks.acquire("first").release();
        }

        /** Closes the locks. */
        @TearDown
        public void close() {
            locks.close();
        }
    }

    /** The locks of all libraries. */
    public static class All extends Opened {

        /** Whose locks. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** The locks of the libraries that can wait. */
    public static class Waiting extends Opened {

        /** Whose locks. */
        @Param({"POTTERY", "REDISSON", "SPRING"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }
}
