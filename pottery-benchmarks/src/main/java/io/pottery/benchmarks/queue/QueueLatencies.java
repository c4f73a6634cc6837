package io.pottery.benchmarks.queue;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From the call that puts an element until a {@code take()} that waited in another thread has returned with it. */
public final class QueueLatencies implements Experiment {

    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.REDISSON, Library.LETTUCE);
    private static final Turns TURNS = new Turns(4, 25);

    @Override
    public void run(Figures figures) throws Exception {
        compare(figures, 1, new Line("queue", 10, "hand-over to a waiting thread, p50", Unit.MILLIS));
        compare(figures, 64, new Line("queue", 11, "hand-over to one of 64 waiting threads, p50", Unit.MILLIS));
    }

    private static void compare(Figures figures, int waiting, Line line) throws Exception {
        List<Crew> crews = new ArrayList<>();
        try {
            for (Library library : LIBRARIES) {
                crews.add(new Crew(library, Servers.uris().get(0), waiting));
            }
            TURNS.compare(figures, crews, Map.of(line, 0.5));
        } finally {
            crews.forEach(Crew::close);
        }
    }

    /**
     * The threads that wait for the elements of one library's queue, all through one client, and another client that
     * puts them: the one of Redisson has no connection left when 64 threads wait.
     */
    private static final class Crew implements Turns.Contender {

        private static final String LAST = "the last";

        private final Library library;
        private final Queues producer;
        private final Queues consumer;
        private final List<Thread> threads = new ArrayList<>();
        private final BlockingQueue<Long> taken = new LinkedBlockingQueue<>();

        Crew(Library library, String uri, int waiting) {
            String name = "hand-over-" + library + "-" + waiting;
            this.library = library;
            this.producer = Queues.open(library, uri, name);
            this.consumer = Queues.open(library, uri, name);
            for (int i = 0; i < waiting; i++) {
                Thread thread = new Thread(this::takeAll);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        private void takeAll() {
            try {
                boolean more = true;
                while (more) {
                    more = !consumer.take().equals(LAST);
                    taken.add(System.nanoTime());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted while it waited for " + library, e);
            }
        }

        @Override
        public Library library() {
            return library;
        }

        @Override
        public void time(int times, Latencies latencies) throws InterruptedException {
            for (int i = 0; i < times; i++) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(3, 8)); // until it waits
                long begun = System.nanoTime();
                producer.put("order " + i);
                latencies.add(awaitTaken() - begun);
            }
        }

        private long awaitTaken() throws InterruptedException {
            @Nullable Long time = taken.poll(10, TimeUnit.SECONDS);
            if (time == null) {
                throw new IllegalStateException("Nobody has taken an element of " + library);
            }
            return time;
        }

        void close() {
            try {
                for (Thread thread : threads) {
                    producer.put(LAST);
                }
                for (Thread thread : threads) {
                    thread.join(TimeUnit.SECONDS.toMillis(10));
                }
                consumer.awaitConfirmed();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            consumer.close();
            producer.close();
        }
    }
}
