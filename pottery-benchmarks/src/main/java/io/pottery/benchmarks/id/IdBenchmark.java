package io.pottery.benchmarks.id;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.UUID;
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
 * How many ids are had in a second: Pottery's of five servers, the others' of one. Redisson is asked by one thread
 * only, because its generator has been seen to hang when several ask.
 */
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IdBenchmark {

    private static final int BLOCK = 1_000;

    /** One caller who asks for every id. */
    @Benchmark
    @Row(order = 1, value = "an id, 1 caller")
    @Threads(1)
    public long oneCaller(Single single) {
        return single.ids.next();
    }

    /** Eight callers who ask for every id. */
    @Benchmark
    @Row(order = 2, value = "an id, 8 callers")
    @Threads(8)
    public long someCallers(Shared shared) {
        return shared.ids.next();
    }

    /** Sixty-four callers who ask for every id. */
    @Benchmark
    @Row(order = 3, value = "an id, 64 callers")
    @Threads(64)
    public long manyCallers(Shared shared) {
        return shared.ids.next();
    }

    /** One caller, who takes a thousand ids at once. */
    @Benchmark
    @Row(order = 4, value = "an id of a block of 1,000, 1 caller")
    @Threads(1)
    public long blocks(Blocks blocks) {
        return blocks.ids.next();
    }

    /** Eight callers, who take a thousand ids at once. */
    @Benchmark
    @Row(order = 5, value = "an id of a block of 1,000, 8 callers")
    @Threads(8)
    public long sharedBlocks(SharedBlocks blocks) {
        return blocks.ids.next();
    }

    /** The ids of one library after the other. */
    @State(Scope.Benchmark)
    public abstract static class Opened {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Ids ids;

        abstract Library library();

        int block() {
            return 1;
        }

        /** Opens a sequence. */
        @Setup
        public void open() {
            ids = Ids.open(library(), Servers.uris(), "ids-" + UUID.randomUUID(), block());
            ids.next();
        }

        /** Closes it. */
        @TearDown
        public void close() {
            ids.close();
        }
    }

    /** Every library. */
    public static class Single extends Opened {

        /** Whose ids. */
        @Param({"POTTERY", "REDISSON", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** The libraries that many threads may ask. */
    public static class Shared extends Opened {

        /** Whose ids. */
        @Param({"POTTERY", "LETTUCE"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }
    }

    /** The libraries that have blocks. */
    public static class Blocks extends Opened {

        /** Whose ids. */
        @Param({"POTTERY", "REDISSON"})
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }

        @Override
        int block() {
            return BLOCK;
        }
    }

    /** The libraries that have blocks which many threads may share. */
    public static class SharedBlocks extends Opened {

        /** Whose ids. */
        @Param("POTTERY")
        public Library library = Library.POTTERY;

        @Override
        Library library() {
            return library;
        }

        @Override
        int block() {
            return BLOCK;
        }
    }
}
