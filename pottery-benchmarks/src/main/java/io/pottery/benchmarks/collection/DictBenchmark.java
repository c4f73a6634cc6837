package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** How often in a second a map of 10,000 entries is asked or changed. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DictBenchmark {

    private static final int STEPS = 1_000;

    /** One thread. */
    @Benchmark
    @Row(order = 1, value = "get, 1 thread")
    @Threads(1)
    public @Nullable String get(Full dict) {
        return dict.dicts.get(Samples.anyKey());
    }

    /** Eight threads. */
    @Benchmark
    @Row(order = 2, value = "get, 8 threads")
    @Threads(8)
    public @Nullable String gets(Full dict) {
        return dict.dicts.get(Samples.anyKey());
    }

    /** Sixty-four threads. */
    @Benchmark
    @Row(order = 3, value = "get, 64 threads")
    @Threads(64)
    public @Nullable String manyGets(Full dict) {
        return dict.dicts.get(Samples.anyKey());
    }

    /** Two hundred and fifty-six threads. */
    @Benchmark
    @Row(order = 4, value = "get, 256 threads")
    @Threads(256)
    public @Nullable String crowdOfGets(Full dict) {
        return dict.dicts.get(Samples.anyKey());
    }

    /** One thread that does not want to know what was there. */
    @Benchmark
    @Row(order = 5, value = "set, 1 thread")
    @Threads(1)
    public void set(Full dict) {
        dict.set();
    }

    /** Eight of them. */
    @Benchmark
    @Row(order = 6, value = "set, 8 threads")
    @Threads(8)
    public void sets(Full dict) {
        dict.set();
    }

    /** Sixty-four of them. */
    @Benchmark
    @Row(order = 7, value = "set, 64 threads")
    @Threads(64)
    public void manySets(Full dict) {
        dict.set();
    }

    /** Two hundred and fifty-six of them. */
    @Benchmark
    @Row(order = 8, value = "set, 256 threads")
    @Threads(256)
    public void crowdOfSets(Full dict) {
        dict.set();
    }

    /** What was there comes back. Spring reads it before it writes, in two steps. */
    @Benchmark
    @Row(order = 9, value = "put, which returns the old value")
    @Threads(1)
    public @Nullable String put(Former dict) {
        String key = Samples.anyKey();
        return dict.dicts.put(key, Samples.value(key));
    }

    /** Ten thousand entries that replace others, by one command if the library will. */
    @Benchmark
    @Row(order = 10, value = "putAll 10,000")
    @Threads(1)
    public void putAll(Full dict) {
        dict.dicts.putAll(Samples.ENTRIES);
    }

    /** The same, where Lettuce sends a command for each entry, all in one pipeline. */
    @Benchmark
    @Row(order = 11, value = "putAll 10,000 (Lettuce: 10,000 pipelined HSET)")
    @Threads(1)
    public void putEach(Looped dict) {
        dict.dicts.putEach(Samples.ENTRIES);
    }

    /** Whether a thousand keys are there. Pottery answers that alone; of the others, their values are asked for. */
    @Benchmark
    @Row(order = 12, value = "keySet().containsAll, 1,000 keys")
    @Threads(1)
    public boolean hasAll(Full dict) {
        return dict.dicts.hasAll(Samples.someKeys());
    }

    /** A for loop, a thousand entries of it: after the last entry it begins anew. */
    @Benchmark
    @Row(order = 13, value = "iterate, 1,000 of 100,000 entries")
    @Threads(1)
    public void iterate(Walked dict, Blackhole entries) {
        for (int i = 0; i < STEPS; i++) {
            entries.consume(dict.next());
        }
    }

    /** All entries at one moment. */
    @Benchmark
    @Row(order = 14, value = "toMap of 10,000 entries")
    @Threads(1)
    public Map<String, String> all(Full dict) {
        return dict.dicts.all();
    }

    /** Eight threads that count in four entries. */
    @Benchmark
    @Row(order = 15, value = "merge, 8 threads on 4 keys")
    @Threads(8)
    public @Nullable String merge(Merged dict) {
        return dict.next();
    }

    /** The map of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Dicts dicts;

        abstract Library library();

        String name() {
            return "dict-" + library();
        }

        /** Opens the map, and fills it if nobody has. */
        @Setup
        public void open() {
            dicts = Dicts.open(library(), Servers.uris().get(0), name());
            fill();
        }

        void fill() {
            List<String> keys = Samples.KEYS;
            String last = keys.get(keys.size() - 1);
            if (dicts.get(last) == null) {
                dicts.putAll(Samples.ENTRIES);
                Samples.require(dicts.all().equals(Samples.ENTRIES), library(), "not all that was put is there");
                Samples.require(dicts.hasAll(keys), library(), "some keys are not found");
                Samples.require(!dicts.hasAll(List.of(last, "other")), library(), "a key is found that is not there");
            }
            Samples.require(Samples.value(last).equals(dicts.get(last)), library(), "what was put is not there");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            dicts.close();
        }
    }

    /** The maps of all libraries. */
    public static class Full extends Opened {

        /** Whose map. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }

        void set() {
            String key = Samples.anyKey();
            dicts.set(key, Samples.value(key));
        }
    }

    /** A map that is gone over, from the beginning in each iteration. */
    public static class Walked extends Full {

        private static final int ENTRIES = 100_000;
        private static final int BATCH = 10_000;

        private Iterator<Map.Entry<String, String>> iterator = Collections.emptyIterator();

        @Override
        String name() {
            return "long-" + super.name();
        }

        @Override
        void fill() {
            for (int first = 0; dicts.get(Samples.key(ENTRIES - 1)) == null; first += BATCH) {
                dicts.putAll(Samples.entries(Samples.keys(first, first + BATCH)));
            }
        }

        /** Forgets where it was. */
        @Setup(Level.Iteration)
        public void restart() {
            iterator = Collections.emptyIterator();
        }

        Map.Entry<String, String> next() {
            if (!iterator.hasNext()) {
                iterator = dicts.iterator();
            }
            return iterator.next();
        }
    }

    /** Maps that return what was there. */
    public static class Former extends Opened {

        /** Whose map. */
        @Param({"POTTERY", "REDISSON", "SPRING"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** Pottery's map, and what it is to beat. */
    public static class Looped extends Opened {

        /** Whose map. */
        @Param({"POTTERY", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** Maps with a {@code merge}, and few entries. */
    public static class Merged extends Former {

        private static final int FEW = 4;

        @Override
        String name() {
            return "counts-" + library();
        }

        @Override
        void fill() {
            dicts.clear();
            for (String count : List.of("1", "2")) {
                Samples.require(count.equals(dicts.mergeOne(Samples.key(0))), library(), "merge does not add");
            }
        }

        @Nullable
        String next() {
            return dicts.mergeOne(Samples.key(ThreadLocalRandom.current().nextInt(FEW)));
        }
    }
}
