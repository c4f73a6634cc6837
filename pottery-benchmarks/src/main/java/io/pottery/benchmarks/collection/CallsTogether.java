package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Benchmarks;
import io.pottery.benchmarks.CommandsProfiler;
import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.report.Cost;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * What it is worth to threads, and what it costs them, that their calls travel together: how many there are in a
 * second, how long each takes, and how many commands the server runs. All threads ask one dict, over a fast network and
 * over a slow one, where calls that wait for others would be the slower for it.
 */
public final class CallsTogether implements Experiment {

    private static final String AREA = "together";
    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.UNBATCHED, Library.LETTUCE);
    private static final List<Integer> CROWDS = List.of(1, 2, 4, 8, 16, 64, 256);
    private static final List<Integer> CROWDS_FAR_AWAY = List.of(16, 64, 256);
    private static final Duration ROUND_TRIP = Duration.ofMillis(1);
    private static final int TURNS = 2;
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(250);

    /** Made for the list of experiments. */
    public CallsTogether() {}

    @Override
    public void run(Figures figures) throws Exception {
        String server = Servers.uris().get(0);
        compare(figures, server, CROWDS, 1, "");
        try (SlowNetwork network = SlowNetwork.before(server, ROUND_TRIP)) {
            Latencies pings = network.pings();
            System.out.println("PING over the slow network: " + pings);
            compare(figures, network.uri(), CROWDS_FAR_AWAY, 4, ", a PING takes %.1f ms".formatted(pings.median()));
        }
    }

    private static void compare(Figures figures, String uri, List<Integer> crowds, int order, String where)
            throws Exception {
        Map<Library, Dicts> opened = new EnumMap<>(Library.class);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Library library : LIBRARIES) {
                Dicts dicts = Dicts.open(library, uri, "together-" + library);
                opened.put(library, dicts);
                dicts.putAll(Samples.ENTRIES);
            }
            for (int crowd : crowds) {
                round(opened, crowd, 1, threads); // which is thrown away
            }
            for (int round = 0; round < Benchmarks.ROUNDS; round++) {
                for (int crowd : crowds) {
                    String title = "get, %d thread%s%s".formatted(crowd, crowd == 1 ? "" : "s", where);
                    round(opened, crowd, TURNS, threads).forEach(calls -> calls.addTo(figures, order, title));
                }
            }
        } finally {
            threads.shutdownNow();
            opened.values().forEach(Dicts::close);
        }
    }

    private static List<Calls> round(Map<Library, Dicts> opened, int crowd, int turns, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        List<Calls> all = new ArrayList<>();
        opened.forEach((library, dicts) -> all.add(new Calls(library, dicts)));
        for (int turn = 0; turn < turns; turn++) {
            for (Calls calls : all) {
                calls.turn(crowd, threads);
            }
            Collections.rotate(all, 1);
        }
        return all;
    }

    /** What the threads of one library do in a round. */
    private static final class Calls {

        private final Library library;
        private final Dicts dicts;
        private final Latencies latencies = new Latencies();
        private long calls;
        private long nanos;
        private long commands;
        private volatile long begun;

        Calls(Library library, Dicts dicts) {
            this.library = library;
            this.dicts = dicts;
        }

        void turn(int crowd, ExecutorService threads) throws InterruptedException, ExecutionException {
            long before = CommandsProfiler.commands();
            CyclicBarrier start = new CyclicBarrier(crowd, () -> begun = System.nanoTime());
            Callable<long[]> one = () -> {
                start.await();
                return get();
            };
            List<Future<long[]>> all = threads.invokeAll(Collections.nCopies(crowd, one));
            nanos += System.nanoTime() - begun;
            commands += CommandsProfiler.commands() - before;
            for (Future<long[]> each : all) {
                long[] durations = each.get();
                calls += durations.length;
                LongStream.of(durations).forEach(latencies::add);
            }
        }

        private long[] get() {
            LongStream.Builder durations = LongStream.builder();
            long now = System.nanoTime();
            long end = now + TURN;
            while (now - end < 0) {
                String key = Samples.anyKey();
                Samples.require(Samples.value(key).equals(dicts.get(key)), library, "a value of another key was read");
                long then = now;
                now = System.nanoTime();
                durations.add(now - then);
            }
            return durations.build().toArray();
        }

        void addTo(Figures figures, int order, String title) {
            latencies.done();
            Line rate = new Line(AREA, order, title, Unit.PER_SECOND);
            figures.add(rate, library, calls * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
            figures.add(rate, library, Cost.COMMANDS, commands / (double) calls);
            figures.add(new Line(AREA, order + 1, title + ", p50", Unit.MILLIS), library, latencies.median());
            figures.add(new Line(AREA, order + 2, title + ", p99", Unit.MILLIS), library, latencies.millis(0.99));
        }
    }
}
