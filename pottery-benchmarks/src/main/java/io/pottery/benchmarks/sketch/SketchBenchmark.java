package io.pottery.benchmarks.sketch;

import io.lettuce.core.CopyArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** How many elements a second a full Bloom filter takes, or is asked for; and a HyperLogLog takes. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SketchBenchmark {

    private static final double FALSE_POSITIVES = 0.01;
    private static final int BULK = 1_000;

    /** Elements that were never added, one by one. */
    @Benchmark
    @Row(order = 1, value = "Bloom: contains, absent")
    @Threads(1)
    public boolean absent(Full filter) {
        return filter.filters.contains(filter.other());
    }

    /** Elements that were never added, a thousand at once. */
    @Benchmark
    @Row(order = 6, value = "Bloom: contains 1,000 at once, absent")
    @Threads(1)
    public long absentInBulk(Full filter) {
        return filter.filters.count(Stream.generate(filter::other).limit(BULK).toList());
    }

    /** Elements that were added, one by one. */
    @Benchmark
    @Row(order = 2, value = "Bloom: contains, present")
    @Threads(1)
    public boolean present(Full filter) {
        return filter.filters.contains(filter.added());
    }

    /** The same from sixty-four threads. */
    @Benchmark
    @Row(order = 3, value = "Bloom: contains, present, 64 threads")
    @Threads(64)
    public boolean manyPresent(Full filter) {
        return filter.filters.contains(filter.added());
    }

    /** Elements that were added, a thousand at once. */
    @Benchmark
    @Row(order = 7, value = "Bloom: contains 1,000 at once, present")
    @Threads(1)
    public long presentInBulk(Full filter) {
        return filter.filters.count(Stream.generate(filter::added).limit(BULK).toList());
    }

    /** Adds elements one by one. */
    @Benchmark
    @Row(order = 4, value = "Bloom: add")
    @Threads(1)
    public boolean add(Restored filter) {
        filter.adding(1);
        return filter.filters.add(filter.other());
    }

    /** The same from sixty-four threads. */
    @Benchmark
    @Row(order = 5, value = "Bloom: add, 64 threads")
    @Threads(64)
    public boolean manyAdd(Restored filter) {
        filter.adding(1);
        return filter.filters.add(filter.other());
    }

    /** Adds elements, a thousand at once. */
    @Benchmark
    @Row(order = 8, value = "Bloom: add 1,000 at once")
    @Threads(1)
    public boolean addInBulk(Restored filter) {
        filter.adding(BULK);
        return filter.filters.addAll(Stream.generate(filter::other).limit(BULK).toList());
    }

    /** Counts elements one by one. */
    @Benchmark
    @Row(order = 9, value = "HyperLogLog: add")
    @Threads(1)
    public boolean count(Counted seen) {
        return seen.hyperLogLogs.add(Counted.any());
    }

    /** The same from sixty-four threads. */
    @Benchmark
    @Row(order = 10, value = "HyperLogLog: add, 64 threads")
    @Threads(64)
    public boolean manyCount(Counted seen) {
        return seen.hyperLogLogs.add(Counted.any());
    }

    /** Counts elements, a thousand at once. */
    @Benchmark
    @Row(order = 11, value = "HyperLogLog: add 1,000 at once")
    @Threads(1)
    public boolean countInBulk(Counted seen) {
        return seen.hyperLogLogs.addAll(
                Stream.generate(Counted::any).limit(BULK).toList());
    }

    /** Asks how many different ones there were. */
    @Benchmark
    @Row(order = 12, value = "HyperLogLog: count")
    @Threads(1)
    public long counted(Counted seen) {
        return seen.hyperLogLogs.count();
    }

    /** The filter of one library after the other, which holds as many elements as it was made for. */
    @State(Scope.Benchmark)
    public static class Full {

        /** Whose filter. */
        @Param({"POTTERY", "REDISSON", "LETTUCE"})
        public Library library = Library.POTTERY;

        /** How many elements it holds. */
        @Param("1000000")
        public int elements = 1_000_000;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Filters filters;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private RedisClient client;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private RedisCommands<String, String> redis;

        /** Fills a filter, which serves all benchmarks that follow: that takes longer than one of them. */
        @Setup
        public void open() {
            String uri = Servers.uris().get(0);
            client = RedisClient.create(uri);
            redis = client.connect().sync();
            filters = Filters.open(library, uri, name(), elements, FALSE_POSITIVES);
            if (redis.exists(kept()) > 0) {
                restore();
            } else {
                fill();
                redis.copy(name(), kept());
            }
        }

        private void fill() {
            for (int first = 0; first < elements; first += BULK) {
                filters.addAll(IntStream.range(first, Math.min(first + BULK, elements))
                        .mapToObj(Full::element)
                        .toList());
            }
        }

        /** Puts the filter back as it was when it was filled. */
        void restore() {
            redis.copy(kept(), name(), CopyArgs.Builder.replace(true));
        }

        /** One that was added at the beginning. */
        String added() {
            return element(ThreadLocalRandom.current().nextInt(elements));
        }

        /** One that was not, and hardly ever the same again. */
        String other() {
            return element(ThreadLocalRandom.current().nextInt(Integer.MIN_VALUE, 0));
        }

        private static String element(int number) {
            return "element " + number;
        }

        private String name() {
            return "filter-%s-%d".formatted(library, elements);
        }

        private String kept() {
            return name() + "-kept";
        }

        /** Closes it. */
        @TearDown
        public void close() {
            filters.close();
            client.shutdown();
        }
    }

    /**
     * A filter that new elements are added to: after a tenth of what it is made for it is put back as it was, by a COPY
     * that takes less than a hundredth of the time, so that a library that adds faster has none that is fuller.
     */
    public static class Restored extends Full {

        private static final int PARTS = 10;

        private final AtomicInteger more = new AtomicInteger();

        void adding(int count) {
            int part = elements / PARTS;
            int before = more.getAndAdd(count);
            if (before / part < (before + count) / part) {
                restore();
            }
        }
    }

    /** The HyperLogLog of one library after the other, which has seen 50,000 elements and more. */
    @State(Scope.Benchmark)
    public static class Counted {

        private static final int SEEN = 50_000;

        /** Whose HyperLogLog. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        HyperLogLogs hyperLogLogs;

        /** Opens it, and has it see elements if it has seen none. */
        @Setup
        public void open() {
            hyperLogLogs = HyperLogLogs.open(library, Servers.uris().get(0), "hyperloglog-" + library);
            for (int first = 0; hyperLogLogs.count() < SEEN; first += BULK) {
                hyperLogLogs.addAll(IntStream.range(first, first + BULK)
                        .mapToObj(Full::element)
                        .toList());
            }
        }

        static String any() {
            return Full.element(ThreadLocalRandom.current().nextInt());
        }

        /** Closes it. */
        @TearDown
        public void close() {
            hyperLogLogs.close();
        }
    }
}
