package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** Whether what takes an instant with a thousand elements does so with a million. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class GrowthBenchmark {

    /** A key that is there. */
    @Benchmark
    @Row(order = 1, value = "dict: get, of {size}")
    @Threads(1)
    public @Nullable String get(Dict dict) {
        return dict.dicts.get(dict.anyKey());
    }

    /** An element that is there. */
    @Benchmark
    @Row(order = 2, value = "set: contains, of {size}")
    @Threads(1)
    public boolean contains(Elements set) {
        return set.sets.contains(set.anyKey());
    }

    /** The element in the middle, to which Redis walks from an end. */
    @Benchmark
    @Row(order = 3, value = "list: get from the middle, of {size}")
    @Threads(1)
    public String middle(Sequence list) {
        return list.lists.get(list.size / 2);
    }

    /** Containers of one library after the other, which are filled once and serve all that follow. */
    @State(Scope.Benchmark)
    public abstract static class Sized {

        private static final int BATCH = 10_000;

        /** Whose container. */
        @Param({"POTTERY", "REDISSON", "LETTUCE"})
        public Library library = Library.POTTERY;

        /** How many it holds. */
        @Param({"1000", "10000", "100000", "1000000"})
        public int size = 1_000;

        /** Redisson has the bytes of Lettuce here, and so one container serves both. */
        String name(String kind) {
            return "%s-of-%d%s".formatted(kind, size, library == Library.POTTERY ? "-" + library : "");
        }

        String anyKey() {
            return Samples.key(ThreadLocalRandom.current().nextInt(size));
        }

        /** All keys, some thousand at once. */
        Stream<List<String>> batches() {
            return Stream.iterate(0, first -> first < size, first -> first + BATCH)
                    .map(first -> Samples.keys(first, Math.min(size, first + BATCH)));
        }

        String lastKey() {
            return Samples.key(size - 1);
        }
    }

    /** A map. */
    public static class Dict extends Sized {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Dicts dicts;

        /** Opens it, and fills it if nobody has. */
        @Setup
        public void open() {
            dicts = Dicts.open(library, Servers.uris().get(0), name("dict"));
            if (dicts.get(lastKey()) == null) {
                batches().map(Samples::entries).forEach(dicts::putAll);
            }
            Samples.require(Samples.value(lastKey()).equals(dicts.get(lastKey())), library, "no last entry");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            dicts.close();
        }
    }

    /** A set. */
    public static class Elements extends Sized {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Sets sets;

        /** Opens it, and fills it if nobody has. */
        @Setup
        public void open() {
            sets = Sets.open(library, Servers.uris().get(0), name("set"));
            if (!sets.contains(lastKey())) {
                batches().forEach(sets::addAll);
            }
            Samples.require(sets.contains(lastKey()), library, "no last element");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            sets.close();
        }
    }

    /** A list. */
    public static class Sequence extends Sized {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Lists lists;

        /** Opens it, and fills it if nobody has. */
        @Setup
        public void open() {
            lists = Lists.open(library, Servers.uris().get(0), name("list"));
            if (lists.size() != size) {
                lists.clear();
                batches().forEach(lists::addAll);
            }
            Samples.require(lists.size() == size, library, "not all elements");
            Samples.require(lists.get(size - 1).equals(lastKey()), library, "no last element");
        }

        /** Closes it. */
        @TearDown
        public void close() {
            lists.close();
        }
    }
}
