package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

/** How often in a second a list is appended to, or one of 10,000 elements is asked. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ListBenchmark {

    private static final int STEPS = 100;

    /** One thread that appends. */
    @Benchmark
    @Row(order = 1, value = "add, 1 thread")
    @Threads(1)
    public void add(Growing list) {
        list.lists.add(Samples.anyKey());
    }

    /** Eight threads that append. */
    @Benchmark
    @Row(order = 2, value = "add, 8 threads")
    @Threads(8)
    public void adds(Growing list) {
        list.lists.add(Samples.anyKey());
    }

    /** Sixty-four threads that append. */
    @Benchmark
    @Row(order = 3, value = "add, 64 threads")
    @Threads(64)
    public void manyAdd(Growing list) {
        list.lists.add(Samples.anyKey());
    }

    /** Two hundred and fifty-six threads that append. */
    @Benchmark
    @Row(order = 4, value = "add, 256 threads")
    @Threads(256)
    public void crowdAdds(Growing list) {
        list.lists.add(Samples.anyKey());
    }

    /** Elements anywhere. */
    @Benchmark
    @Row(order = 5, value = "get by index, 1 thread")
    @Threads(1)
    public String get(Full list) {
        return list.lists.get(ThreadLocalRandom.current().nextInt(Samples.SIZE));
    }

    /** Ten thousand elements, by one command if the library will. */
    @Benchmark
    @Row(order = 6, value = "addAll 10,000")
    @Threads(1)
    public void addAll(Growing list) {
        list.lists.addAll(Samples.KEYS);
    }

    /** The same, where Lettuce sends a command for each element, all in one pipeline. */
    @Benchmark
    @Row(order = 7, value = "addAll 10,000 (Lettuce: 10,000 pipelined RPUSH)")
    @Threads(1)
    public void addEach(Looped list) {
        list.lists.addEach(Samples.KEYS);
    }

    /** A for loop, a hundred elements of it: after the last element it begins anew. */
    @Benchmark
    @Row(order = 8, value = "iterate, 100 of 10,000 elements")
    @Threads(1)
    public void iterate(Walked list, Blackhole elements) {
        for (int i = 0; i < STEPS; i++) {
            elements.consume(list.next());
        }
    }

    /** The list of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Lists lists;

        abstract Library library();

        String name() {
            return "list-" + library();
        }

        /** Opens the list, and fills it if it is to be full and nobody has. */
        @Setup
        public void open() {
            lists = Lists.open(library(), Servers.uris().get(0), name());
            fill();
        }

        void fill() {
            if (lists.size() == 0) {
                lists.addAll(Samples.KEYS);
            }
            requireFull();
        }

        void requireFull() {
            int last = Samples.SIZE - 1;
            Samples.require(lists.size() == Samples.SIZE, library(), "not all that was added is there");
            Samples.require(Samples.key(last).equals(lists.get(last)), library(), "what was added last is not there");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            lists.close();
        }
    }

    /** The lists of all libraries. */
    public static class Full extends Opened {

        /** Whose list. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** A list that is gone over, from the beginning in each iteration. */
    public static class Walked extends Full {

        private Iterator<String> iterator = Collections.emptyIterator();

        /** Forgets where it was. */
        @Setup(Level.Iteration)
        public void restart() {
            iterator = Collections.emptyIterator();
        }

        String next() {
            if (!iterator.hasNext()) {
                iterator = lists.iterator();
            }
            return iterator.next();
        }
    }

    /** A list that begins empty. */
    public abstract static class Emptied extends Opened {

        @Override
        String name() {
            return "growing-" + super.name();
        }

        @Override
        void fill() {
            lists.clear();
            lists.addEach(Samples.KEYS);
            requireFull();
        }

        /** Empties it. */
        @Setup(Level.Iteration)
        public void empty() {
            lists.clear();
        }

        @Override
        public void close() { // which JMH calls, as it is told to call that of the superclass
            lists.clear();
            super.close();
        }
    }

    /** The lists of all libraries, which begin empty. */
    public static class Growing extends Emptied {

        /** Whose list. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** Pottery's list, which begins empty, and what it is to beat. */
    public static class Looped extends Emptied {

        /** Whose list. */
        @Param({"POTTERY", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }
}
