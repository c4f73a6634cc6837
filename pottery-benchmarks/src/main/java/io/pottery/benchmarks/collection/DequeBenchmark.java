package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Row;
import io.pottery.benchmarks.Servers;
import java.util.concurrent.TimeUnit;
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

/** How often in a second a deque takes an element and gives it back, or keeps the latest. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DequeBenchmark {

    /** One thread. */
    @Benchmark
    @Row(order = 1, value = "addLast, then pollFirst, 1 thread")
    @Threads(1)
    public @Nullable String addAndPoll(Opened deque) {
        deque.deques.addLast(Samples.anyKey());
        return deque.deques.pollFirst();
    }

    /** Eight threads. */
    @Benchmark
    @Row(order = 2, value = "addLast, then pollFirst, 8 threads")
    @Threads(8)
    public @Nullable String addAndPollSideBySide(Opened deque) {
        deque.deques.addLast(Samples.anyKey());
        return deque.deques.pollFirst();
    }

    /** One thread that adds to a deque which keeps the latest hundred elements. */
    @Benchmark
    @Row(order = 3, value = "addLast, of which the latest 100 are kept")
    @Threads(1)
    public void keepLatest(Opened deque) {
        deque.deques.keep(Samples.anyKey());
    }

    /** The deques of one library after the other. */
    @State(Scope.Benchmark)
    public static class Opened {

        /** Whose deques. */
        @Param({"POTTERY", "REDISSON", "SPRING", "LETTUCE"})
        public Library library = Library.POTTERY;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        Deques deques;

        /** Opens them. */
        @Setup
        public void open() {
            deques = Deques.open(library, Servers.uris().get(0), "deque-" + library, "latest-" + library);
            deques.clear();
            Samples.keys(0, 2 * Deques.MAX_LENGTH).forEach(deques::keep);
            Samples.require(deques.kept() == Deques.MAX_LENGTH, library, "not just the latest are kept");
            deques.addLast("first");
            deques.addLast("second");
            Samples.require("first".equals(deques.pollFirst()), library, "the first is not first");
            Samples.require("second".equals(deques.pollFirst()), library, "the second is not second");
        }

        /** Closes them. */
        @TearDown
        public void close() {
            deques.close();
        }
    }
}
