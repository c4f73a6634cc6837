package io.pottery.benchmarks;

import static java.util.stream.Collectors.joining;

import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From the call that puts an element until a {@code take()} that waited in another thread has returned with it. */
public final class QueueLatencies {

    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.REDISSON, Library.LETTUCE);
    private static final int ROUNDS = 3;
    private static final int TURNS = 5;
    private static final int HAND_OVERS_A_TURN = 200;
    private static final int WARM_UP = 1_000;

    private QueueLatencies() {}

    /** Measures with one thread that waits, and with 64 of one process. */
    public static void main(String[] args) throws InterruptedException {
        try (RedisServer server = RedisServer.start()) {
            String uri = LockLatencies.uris(List.of(server)).get(0);
            for (int waiting : List.of(1, 64)) {
                System.out.println("hand-over, waiting threads: " + waiting);
                compare(uri, waiting);
            }
        }
    }

    private static void compare(String uri, int waiting) throws InterruptedException {
        Map<Library, List<Latencies>> rounds = new EnumMap<>(Library.class);
        List<Crew> crews = new ArrayList<>();
        try {
            for (Library library : LIBRARIES) {
                crews.add(new Crew(library, uri, waiting));
                rounds.put(library, new ArrayList<>());
            }
            for (Crew crew : crews) {
                crew.handOver(WARM_UP, new Latencies());
            }
            for (int round = 0; round < ROUNDS; round++) {
                rounds.values().forEach(latencies -> latencies.add(new Latencies()));
                for (int turn = 0; turn < TURNS; turn++) {
                    for (Crew crew : crews) {
                        List<Latencies> latencies = rounds.getOrDefault(crew.library, List.of());
                        crew.handOver(HAND_OVERS_A_TURN, latencies.get(round));
                    }
                }
            }
        } finally {
            for (Crew crew : crews) {
                crew.close();
            }
        }
        rounds.forEach(
                (library, latencies) -> latencies.forEach(round -> LockLatencies.print(library.name(), round.done())));
        List<Latencies> own = rounds.getOrDefault(Library.POTTERY, List.of());
        rounds.forEach((library, others) -> {
            if (library != Library.POTTERY) {
                LockLatencies.print("POTTERY to " + library + ", p50", ratios(own, others, 0.5));
                LockLatencies.print("POTTERY to " + library + ", p99", ratios(own, others, 0.99));
            }
        });
    }

    private static String ratios(List<Latencies> own, List<Latencies> others, double quantile) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < own.size(); round++) {
            ratios.add(own.get(round).millis(quantile) / others.get(round).millis(quantile));
        }
        double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
        return "%.2f  of %s"
                .formatted(median, ratios.stream().map("%.2f"::formatted).collect(joining(" ")));
    }

    /**
     * The threads that wait for the elements of one library's queue, all through one client, and another client that
     * puts them: the one of Redisson has no connection left when 64 threads wait.
     */
    private static final class Crew implements AutoCloseable {

        private static final String LAST = "the last";

        final Library library;
        private final Queues producer;
        private final Queues consumer;
        private final List<Thread> threads = new ArrayList<>();
        private final BlockingQueue<Long> taken = new LinkedBlockingQueue<>();

        Crew(Library library, String uri, int waiting) {
            String name = "hand-over-" + library + "-" + waiting;
            this.library = library;
            this.producer = library.open(uri, name);
            this.consumer = library.open(uri, name);
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

        void handOver(int times, Latencies latencies) throws InterruptedException {
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

        @Override
        public void close() {
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
