package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.Turns;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a hand-over takes when many threads of one process wait for one lock: from the release by the one who holds it
 * until all have had it, each for no time, divided by their number.
 */
public final class Waiters implements Experiment {

    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.REDISSON, Library.SPRING);

    /** How many threads wait, and how often: what takes long says more at once. */
    private static final List<Crowd> CROWDS =
            List.of(new Crowd(1, 25), new Crowd(10, 9), new Crowd(100, 3), new Crowd(1_000, 1));

    private static final int FIRST_ORDER = 10;

    @Override
    public void run(Figures figures) throws Exception {
        List<Locks> opened = new ArrayList<>();
        try {
            for (Library library : LIBRARIES) {
                opened.add(Locks.open(library, Servers.uris().subList(0, 1)));
            }
            for (Crowd crowd : CROWDS) {
                List<Waiting> waiting = new ArrayList<>();
                for (int i = 0; i < opened.size(); i++) {
                    waiting.add(new Waiting(LIBRARIES.get(i), opened.get(i), crowd.threads));
                }
                new Turns(1, crowd.times).compare(figures, waiting, Map.of(line(crowd), 0.5));
            }
        } finally {
            opened.forEach(Locks::close);
        }
    }

    private static Line line(Crowd crowd) {
        String title = "hand-over, threads that wait: %,d".formatted(crowd.threads);
        return new Line("growth", FIRST_ORDER + CROWDS.indexOf(crowd), title, Unit.MILLIS);
    }

    /** Threads that wait at the same time, several times over. */
    private record Crowd(int threads, int times) {}

    /** Threads that wait for a lock of one library. */
    private record Waiting(Library library, Locks locks, int threads) implements Turns.Contender {

        private static final long LONGEST_SECONDS = 30;

        @Override
        public void time(int times, Latencies latencies) throws InterruptedException {
            for (int i = 0; i < times; i++) {
                latencies.add(handOvers() / threads);
            }
        }

        private long handOvers() throws InterruptedException {
            Locks.Held held = locks.acquire(name());
            CountDownLatch begun = new CountDownLatch(threads);
            CountDownLatch done = new CountDownLatch(threads);
            AtomicLong last = new AtomicLong(Long.MIN_VALUE);
            for (int i = 0; i < threads; i++) {
                start(() -> {
                    begun.countDown();
                    Locks.Held mine = locks.acquire(name());
                    last.accumulateAndGet(System.nanoTime(), Math::max);
                    mine.release();
                    done.countDown();
                });
            }
            begun.await();
            Thread.sleep(10 + threads / 3); // until they wait
            long released = System.nanoTime();
            held.release();
            if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "%d of %d threads still wait for the lock of %s".formatted(done.getCount(), threads, library));
            }
            return last.get() - released;
        }

        private String name() {
            return "waiters-" + library;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("Interrupted while it waited for a lock", e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
