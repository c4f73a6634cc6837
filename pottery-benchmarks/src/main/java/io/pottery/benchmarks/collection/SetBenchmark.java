package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How often in a second a set of 10,000 elements is asked or changed. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SetBenchmark {

    private static final int STEPS = 100;

    /** Elements that are new. */
    @Benchmark
    @Row(order = 1, value = "add, 1 thread")
    @Threads(1)
    public boolean add(Growing set) {
        return set.sets.add(set.fresh());
    }

    /** Elements that are new, from sixty-four threads. */
    @Benchmark
    @Row(order = 2, value = "add, 64 threads")
    @Threads(64)
    public boolean manyAdd(Growing set) {
        return set.sets.add(set.fresh());
    }

    /** One thread. */
    @Benchmark
    @Row(order = 3, value = "contains, 1 thread")
    @Threads(1)
    public boolean contains(Full set) {
        return set.sets.contains(Samples.anyKey());
    }

    /** Eight threads. */
    @Benchmark
    @Row(order = 4, value = "contains, 8 threads")
    @Threads(8)
    public boolean someContain(Full set) {
        return set.sets.contains(Samples.anyKey());
    }

    /** Sixty-four threads. */
    @Benchmark
    @Row(order = 5, value = "contains, 64 threads")
    @Threads(64)
    public boolean manyContain(Full set) {
        return set.sets.contains(Samples.anyKey());
    }

    /** Two hundred and fifty-six threads. */
    @Benchmark
    @Row(order = 6, value = "contains, 256 threads")
    @Threads(256)
    public boolean crowdContains(Full set) {
        return set.sets.contains(Samples.anyKey());
    }

    /** A thousand elements at once. */
    @Benchmark
    @Row(order = 7, value = "containsMany, 1,000 elements")
    @Threads(1)
    public long containsMany(Full set) {
        return set.sets.count(Samples.someKeys());
    }

    /** Ten thousand elements that are new, by one command if the library will. */
    @Benchmark
    @Row(order = 8, value = "addAll 10,000")
    @Threads(1)
    public void addAll(Growing set) {
        set.sets.addAll(set.batch());
    }

    /** The same, where Lettuce sends a command for each element, all in one pipeline. */
    @Benchmark
    @Row(order = 9, value = "addAll 10,000 (Lettuce: 10,000 pipelined SADD)")
    @Threads(1)
    public void addEach(Looped set) {
        set.sets.addEach(set.batch());
    }

    /** A for loop, a hundred elements of it: after the last element it begins anew. */
    @Benchmark
    @Row(order = 10, value = "iterate, 100 of 10,000 elements")
    @Threads(1)
    public void iterate(Walked set, Blackhole elements) {
        for (int i = 0; i < STEPS; i++) {
            elements.consume(set.next());
        }
    }

    /** The set of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Sets sets;

        abstract Library library();

        String name() {
            return "set-" + library();
        }

        /** Opens the set, and fills it if it is to be full and nobody has. */
        @Setup
        public void open() {
            sets = Sets.open(library(), Servers.uris().get(0), name());
            fill();
        }

        void fill() {
            List<String> elements = Samples.KEYS;
            if (!sets.contains(elements.get(Samples.SIZE - 1))) {
                sets.addAll(elements);
                Samples.require(sets.count(elements) == Samples.SIZE, library(), "not all that was added is there");
            }
            Samples.require(!sets.contains("other"), library(), "an element is found that was not added");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            sets.close();
        }
    }

    /** The sets of all libraries. */
    public static class Full extends Opened {

        /** Whose set. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** A set that is gone over, from the beginning in each iteration. */
    public static class Walked extends Full {

        private Iterator<String> iterator = Collections.emptyIterator();

        /** Forgets where it was. */
        @Setup(Level.Iteration)
        public void restart() {
            iterator = Collections.emptyIterator();
        }

        String next() {
            if (!iterator.hasNext()) {
                iterator = sets.iterator();
            }
            return iterator.next();
        }
    }

    /** A set that begins empty, and is emptied when it has all elements that there are to add. */
    public abstract static class Emptied extends Opened {

        private static final int BATCHES = 25;

        private static final List<List<String>> ELEMENTS = IntStream.range(0, BATCHES)
                .mapToObj(batch -> Samples.keys(batch * Samples.SIZE, (batch + 1) * Samples.SIZE))
                .toList();

        private final AtomicInteger added = new AtomicInteger();

        @Override
        String name() {
            return "growing-" + super.name();
        }

        @Override
        void fill() {
            empty();
            List<String> elements = batch();
            sets.addEach(elements);
            Samples.require(sets.count(elements) == Samples.SIZE, library(), "not all that was added is there");
        }

        /** Empties it. */
        @Setup(Level.Iteration)
        public void empty() {
            sets.clear();
            added.set(0);
        }

        String fresh() {
            int number = next(1);
            return ELEMENTS.get(number / Samples.SIZE).get(number % Samples.SIZE);
        }

        List<String> batch() {
            return ELEMENTS.get(next(Samples.SIZE) / Samples.SIZE);
        }

        private int next(int count) {
            int before = added.getAndAdd(count);
            int first = before % (BATCHES * Samples.SIZE);
            if (first == 0 && before > 0) {
                sets.clear();
            }
            return first;
        }

        @Override
        public void close() { // which JMH calls, as it is told to call that of the superclass
            sets.clear();
            super.close();
        }
    }

    /** The sets of all libraries, which begin empty. */
    public static class Growing extends Emptied {

        /** Whose set. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** Pottery's set, which begins empty, and what it is to beat. */
    public static class Looped extends Emptied {

        /** Whose set. */
        @Param({"POTTERY", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }
}
