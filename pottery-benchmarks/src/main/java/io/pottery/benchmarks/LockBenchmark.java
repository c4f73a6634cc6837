package io.pottery.benchmarks;

import io.pottery.testredis.RedisServer;
import java.util.List;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** How often in a second a lock is taken and given back. All run on one server, the libraries by turns. */
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LockBenchmark {

    private static final String REDIS = "pottery.benchmarks.redis";

    /** Enough for a median of ratios. */
    private static final int ROUNDS = 3;

    /** One thread, and nobody else. */
    @Benchmark
    @Threads(1)
    public void alone(All all, OwnName own) throws InterruptedException {
        all.locks.acquire(own.name).release();
    }

    /** Sixteen threads, each with a lock of its own. */
    @Benchmark
    @Threads(16)
    public void sideBySide(All all, OwnName own) throws InterruptedException {
        all.locks.acquire(own.name).release();
    }

    /** Eight threads that want the same lock. */
    @Benchmark
    @Threads(8)
    public void contended(Waiting waiting) throws InterruptedException {
        waiting.locks.acquire("contended").release();
    }

    /**
     * Runs the benchmarks, with the options of JMH.
     *
     * @throws RunnerException if one fails
     * @throws CommandLineOptionException if JMH does not know an option
     */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Ratios ratios = new Ratios();
        try (RedisServer server = RedisServer.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                ratios.add(new Runner(new OptionsBuilder()
                                .parent(new CommandLineOptions(args))
                                .jvmArgsAppend("-D%s=redis://%s:%d".formatted(REDIS, server.host(), server.port()))
                                .shouldFailOnError(true)
                                .build())
                        .run());
            }
        }
        System.out.println(ratios);
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
            locks = library().open(List.of(System.getProperty(REDIS)));
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
        @Param
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** The locks of the libraries that can wait. */
    public static class Waiting extends Opened {

        /** Whose locks. */
        @Param({"POTTERY", "REDISSON"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }
}
