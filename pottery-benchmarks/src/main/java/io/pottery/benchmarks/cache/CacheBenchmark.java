package io.pottery.benchmarks.cache;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

/** How many results are had in a second from a cache that has them. */
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CacheBenchmark {

    private static final int ENTRIES = 1_000;

    /** One thread; entries stay until they are removed. */
    @Benchmark
    @Row(order = 1, value = "hit, 1 thread")
    @Threads(1)
    public String hit(Plain cache) {
        return cache.next();
    }

    /** Eight threads; entries stay until they are removed. */
    @Benchmark
    @Row(order = 2, value = "hit, 8 threads")
    @Threads(8)
    public String hits(Plain cache) {
        return cache.next();
    }

    /** Sixty-four threads; entries stay until they are removed. */
    @Benchmark
    @Row(order = 3, value = "hit, 64 threads")
    @Threads(64)
    public String manyHits(Plain cache) {
        return cache.next();
    }

    /** One thread; whatever is used puts off its end. */
    @Benchmark
    @Row(order = 4, value = "hit that puts off the end")
    @Threads(1)
    public String slidingHit(Sliding cache) {
        return cache.next();
    }

    /** One thread; each entry ends by itself. */
    @Benchmark
    @Row(order = 5, value = "hit where each entry ends by itself")
    @Threads(1)
    public String endingHit(Ending cache) {
        return cache.next();
    }

    /** One thread; entries are kept in the process, which Lettuce and Spring do not do. */
    @Benchmark
    @Row(order = 6, value = "near hit")
    @Threads(1)
    public String nearHit(Near cache) {
        return cache.next();
    }

    /** One thread, whose results are new, and so are computed and stored. */
    @Benchmark
    @Row(order = 7, value = "miss, computed and stored")
    @Threads(1)
    public String miss(Plain cache) {
        return cache.miss();
    }

    /** The cache of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        /** Whose cache. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        private final Results.Kind kind;
        private int missed;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private Results results;

        Opened(Results.Kind kind) {
            this.kind = kind;
        }

        /** Fills a cache. */
        @Setup
        public void open() {
            results = Results.open(library, Servers.uris().get(0), "cache-" + UUID.randomUUID(), kind);
            for (int round = 0; round < 2; round++) {
                for (int number = 0; number < ENTRIES; number++) {
                    results.get(number, each -> "result of " + each);
                }
            }
        }

        String next() {
            int number = ThreadLocalRandom.current().nextInt(ENTRIES);
            return results.get(number, each -> "late result of " + each);
        }

        String miss() {
            return results.get(--missed, each -> "new result of " + each);
        }

        /** Closes it. */
        @TearDown
        public void close() {
            results.close();
        }
    }

    /** Entries without end. */
    public static class Plain extends Opened {

        /** Made by JMH. */
        public Plain() {
            super(Results.Kind.PLAIN);
        }
    }

    /** Entries that end when they are not used. */
    public static class Sliding extends Opened {

        /** Made by JMH. */
        public Sliding() {
            super(Results.Kind.SLIDING);
        }
    }

    /** Entries that end. */
    public static class Ending extends Opened {

        /** Made by JMH. */
        public Ending() {
            super(Results.Kind.ENDING);
        }
    }

    /** Entries in the process. */
    public static class Near extends Opened {

        /** Made by JMH. */
        public Near() {
            super(Results.Kind.NEAR);
        }
    }
}
