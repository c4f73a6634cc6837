package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.Turns;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** From the call that releases a lock in one process until another one, which waits, has it. */
public final class HandOver implements Experiment {

    private static final Line P50 = new Line("lock", 10, "hand-over between two JVMs, p50", Unit.MILLIS);
    private static final Line P99 = new Line("lock", 11, "hand-over between two JVMs, p99", Unit.MILLIS);

    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.REDISSON, Library.SPRING);
    private static final Turns TURNS = new Turns(4, 40);

    @Override
    public void run(Figures figures) throws Exception {
        String uri = Servers.uris().get(0);
        List<Pair> pairs = new ArrayList<>();
        try {
            for (Library library : LIBRARIES) {
                pairs.add(Pair.start(library, uri));
            }
            TURNS.compare(figures, pairs, Map.of(P50, 0.5, P99, 0.99));
        } finally {
            for (Pair pair : pairs) {
                pair.close();
            }
        }
    }

    /** Two processes that use the same lock. */
    private record Pair(Library library, HolderProcess first, HolderProcess second) implements Turns.Contender {

        static Pair start(Library library, String uri) throws IOException {
            return new Pair(library, HolderProcess.start(library, uri), HolderProcess.start(library, uri));
        }

        /** Has the two take the lock from each other. */
        @Override
        public void time(int times, Latencies latencies) throws IOException, InterruptedException {
            HolderProcess holder = first;
            HolderProcess waiter = second;
            holder.tell();
            holder.time();
            for (int i = 0; i < times; i++) {
                waiter.tell();
                Thread.sleep(ThreadLocalRandom.current().nextInt(3, 8)); // until it waits
                holder.tell();
                long released = holder.time();
                latencies.add(waiter.time() - released);
                HolderProcess next = holder;
                holder = waiter;
                waiter = next;
            }
            holder.tell();
            holder.time();
        }

        void close() throws InterruptedException {
            first.close();
            second.close();
        }
    }
}
