package io.pottery.queue;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.ParentJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A process that puts numbers into a queue and takes them out, and tells what it sees, as {@link TotalQueue} reads it:
 * the main class of other JVMs. It gets the port of the server, the name of the queue and its visibility timeout in
 * milliseconds first.
 */
final class QueueWorker {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private QueueWorker() {}

    /**
     * Several threads that put, and several that take, until they are told to stop. They may put as many numbers as
     * they are sent.
     */
    static final class Working {

        private final RedisSimpleQueue<Integer> queue;
        private final AtomicInteger next;
        private final int end;
        private final Semaphore allowed = new Semaphore(0);

        Working(RedisSimpleQueue<Integer> queue, int first, int end) {
            this.queue = queue;
            this.next = new AtomicInteger(first);
            this.end = end;
        }

        /**
         * Gets the first number to put, the one behind the last, how many threads put, how many receive and
         * acknowledge, and how many take.
         */
        public static void main(String[] arguments) throws InterruptedException {
            Working working = new Working(
                    queue(arguments, options(arguments)),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
            List<Thread> threads = new ArrayList<>();
            Work[] works = {working::put, working::receive, working::take};
            for (int i = 0; i < works.length; i++) {
                for (int j = 0; j < Integer.parseInt(arguments[5 + i]); j++) {
                    threads.add(start(works[i]));
                }
            }
            print("ready");
            for (String line = ParentJvm.lines().take();
                    !line.equals("stop");
                    line = ParentJvm.lines().take()) {
                working.allowed.release(Integer.parseInt(line));
            }
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
            print("stopped");
            ParentJvm.lines().take();
        }

        private void put() throws InterruptedException {
            for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
                allowed.acquire();
                Optional<String> outcome = tryToPut(number);
                while (outcome.isEmpty()) {
                    pause(PAUSE);
                    outcome = tryToPut(number);
                }
                print("put %d %s".formatted(number, outcome.get()));
            }
        }

        /** What became of it; empty if nothing was put. */
        private Optional<String> tryToPut(int number) throws InterruptedException {
            try {
                queue.put(number);
                return Optional.of("done");
            } catch (PotteryException e) {
                return saysUnknown(e) ? Optional.of("unknown") : Optional.empty();
            }
        }

        private void receive() throws InterruptedException {
            while (true) {
                confirm(queue.receive());
            }
        }

        /** Tells of {@code delivery} before it is acknowledged, and of the acknowledgement. */
        private void confirm(Delivery<Integer> delivery) throws InterruptedException {
            int number = delivery.element();
            print("got %d %d %d".formatted(number, delivery.deliveryCount(), System.nanoTime()));
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                pause(PAUSE); // some take their time
            }
            String outcome;
            try {
                outcome = delivery.ack() ? "done" : "not_done";
            } catch (PotteryException e) {
                outcome = "unknown";
            }
            print("ack %d %d %s %d".formatted(number, delivery.deliveryCount(), outcome, System.nanoTime()));
        }

        /** Takes in turn in each of the ways that confirm at once. */
        private void take() throws InterruptedException {
            for (int turn = ThreadLocalRandom.current().nextInt(3);
                    !Thread.currentThread().isInterrupted();
                    turn++) {
                List<Integer> taken = new ArrayList<>();
                try {
                    switch (turn % 3) {
                        case 0 -> taken.add(queue.take());
                        case 1 ->
                            Optional.ofNullable(queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS))
                                    .ifPresent(taken::add);
                        default -> queue.drainTo(taken, 3);
                    }
                } catch (PotteryException e) {
                    pause(PAUSE); // the server is away; take() would go on waiting
                } finally {
                    taken.forEach(number -> print("took %d %d".formatted(number, System.nanoTime())));
                }
            }
        }
    }

    /**
     * Receives one number, and acknowledges it when it is told to. If it gets another name, that is the queue for what
     * was delivered twice.
     */
    static final class Holding {

        public static void main(String[] arguments) throws InterruptedException {
            QueueOptions options = options(arguments);
            Delivery<Integer> delivery = queue(
                            arguments, arguments.length > 3 ? options.withDeadLetters(arguments[3], 2) : options)
                    .receive();
            print("holds %d %d %d".formatted(delivery.element(), delivery.deliveryCount(), System.nanoTime()));
            ParentJvm.lines().take();
            print("ack " + delivery.ack());
            ParentJvm.lines().take();
        }
    }

    /** Whether it is left open if what failed was done. */
    static boolean saysUnknown(PotteryException failure) {
        return String.valueOf(failure.getMessage()).contains("may or may not");
    }

    private static QueueOptions options(String[] arguments) {
        return QueueOptions.defaults().withVisibilityTimeout(Duration.ofMillis(Long.parseLong(arguments[2])));
    }

    private static RedisSimpleQueue<Integer> queue(String[] arguments, QueueOptions options) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory("127.0.0.1", Integer.parseInt(arguments[0]));
        connections.afterPropertiesSet();
        connections.start();
        PotteryFactory pottery = PotteryFactory.create(connections);
        return pottery.queue(arguments[1], pottery.json(Integer.class), options);
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it was told to stop
            } catch (Throwable e) {
                e.printStackTrace();
                print("failed " + e);
            }
        });
        thread.start();
        return thread;
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
