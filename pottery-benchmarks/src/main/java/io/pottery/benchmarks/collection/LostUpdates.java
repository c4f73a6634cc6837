package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How many of the numbers that threads add to one entry by {@code ConcurrentMap.merge} are not in it at the end. */
public final class LostUpdates implements Experiment {

    private static final int ROUNDS = 3;
    private static final int THREADS = 8;
    private static final int MERGES = 500;

    private static final Line LINE = new Line(
            "dict", 16, "updates lost of %,d merges by %d threads".formatted(THREADS * MERGES, THREADS), Unit.LOST);

    /** Made for the list of experiments. */
    public LostUpdates() {}

    @Override
    public void run(Figures figures) throws InterruptedException, ExecutionException {
        try (RedisServer server = RedisServer.start()) {
            String uri = Servers.uris(List.of(server)).get(0);
            for (int round = 0; round < ROUNDS; round++) {
                for (Library library : List.of(Library.POTTERY, Library.REDISSON, Library.SPRING)) {
                    try (Dicts dicts = Dicts.open(library, uri, "lost-%s-%d".formatted(library, round))) {
                        figures.add(LINE, library, THREADS * MERGES - merged(dicts));
                    }
                }
            }
        }
    }

    private static int merged(Dicts dicts) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(
                        () -> Collections.nCopies(MERGES, Samples.key(0)).forEach(dicts::mergeOne)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        @Nullable String count = dicts.get(Samples.key(0));
        return count == null ? 0 : Integer.parseInt(count);
    }
}
