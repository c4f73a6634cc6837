package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.List;
import java.util.Map;
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

/**
 * How often in a second a counter of 10,000 elements counts, or is asked. All libraries keep their counts in a hash.
 */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CounterBenchmark {

    private static final int TOP = 10;

    /** One thread. */
    @Benchmark
    @Row(order = 1, value = "increment, 1 thread")
    @Threads(1)
    public long increment(Opened counter) {
        return counter.counters.increment(Samples.anyKey());
    }

    /** Eight threads. */
    @Benchmark
    @Row(order = 2, value = "increment, 8 threads")
    @Threads(8)
    public long increments(Opened counter) {
        return counter.counters.increment(Samples.anyKey());
    }

    /** Sixty-four threads. */
    @Benchmark
    @Row(order = 3, value = "increment, 64 threads")
    @Threads(64)
    public long manyIncrements(Opened counter) {
        return counter.counters.increment(Samples.anyKey());
    }

    /** A thousand different elements at once. */
    @Benchmark
    @Row(order = 4, value = "addAll, 1,000 elements")
    @Threads(1)
    public void addAll(Opened counter) {
        counter.counters.addAll(Samples.someKeys());
    }

    /** The ten elements that were counted most, of all. */
    @Benchmark
    @Row(order = 5, value = "mostCommon(10) of 10,000")
    @Threads(1)
    public List<Map.Entry<String, Long>> mostCommon(Opened counter) {
        return counter.counters.mostCommon(TOP);
    }

    /** The counter of one library after the other. */
    @State(Scope.Benchmark)
    public static class Opened {

        /** Whose counter. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Counters counters;

        /** Opens the counter, and counts each element once. */
        @Setup
        public void open() {
            counters = Counters.open(library, Servers.uris().get(0), "counter-" + library);
            counters.clear();
            counters.addAll(Samples.KEYS);
            for (int i = 1; i <= TOP; i++) {
                String key = Samples.key(i);
                Samples.require(counters.increment(key) == 2, library, "an element was not counted once before");
            }
            List<Map.Entry<String, Long>> most = counters.mostCommon(TOP);
            Samples.require(most.stream().allMatch(each -> each.getValue() == 2), library, "others are more common");
            Samples.require(counters.mostCommon(Samples.SIZE).size() == Samples.SIZE, library, "not all are counted");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            counters.close();
        }
    }
}
