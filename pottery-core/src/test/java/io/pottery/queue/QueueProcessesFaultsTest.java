package io.pottery.queue;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.testing.ChildJvm;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Four processes with eight threads each put and take numbers, while their server and they themselves are killed again
 * and again. A longer form: {@code ./mvnw -pl pottery-core -am test -Dtest=QueueProcessesFaultsTest
 * -Dpottery.faults.elements=100000 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class QueueProcessesFaultsTest {

    private static final int ELEMENTS = Integer.getInteger("pottery.faults.elements", 20_000);
    private static final long SEED =
            Long.getLong("pottery.faults.seed", ThreadLocalRandom.current().nextLong());

    /** How many elements there are to one fault of each kind. */
    private static final int ELEMENTS_FOR_A_FAULT = 4_000;

    private static final Duration VISIBILITY_TIMEOUT = ofSeconds(2);

    /** The time that a reply has been on its way counts for the server, and a consumer does not see it. */
    private static final Duration SILENCE = VISIBILITY_TIMEOUT.dividedBy(2);

    private final Random random = new Random(SEED);
    private final String key = TestRedis.freshKey();
    private final RedisServer server =
            RedisServer.with("appendonly", "yes").with("appendfsync", "always").start();
    private final TotalQueue history = new TotalQueue(SILENCE);
    private final List<Worker> workers = new ArrayList<>();
    private final List<Fault> happened = new ArrayList<>();

    private enum Fault {
        SERVER_KILLED,
        SERVER_PAUSED,
        CONSUMER_KILLED
    }

    @AfterEach
    void end() {
        workers.forEach(worker -> worker.jvm.close());
        server.close();
    }

    @Test
    void everythingIsDeliveredWhileTheServerAndConsumersAreKilled() throws Exception {
        List<Fault> plan = plan(Fault.SERVER_KILLED, Fault.SERVER_PAUSED, Fault.CONSUMER_KILLED);
        tellingTheSeed(() -> {
            start(VISIBILITY_TIMEOUT, 0, ELEMENTS / 3 * 2, 8, 0, 0);
            start(VISIBILITY_TIMEOUT, ELEMENTS / 3 * 2, ELEMENTS, 4, 4, 0);
            startConsumers();
            startConsumers();
            run(plan);
            assertThat(history.redelivered()).as("what dead consumers had").isPositive();
            return null;
        });
    }

    @Test
    void everythingIsDeliveredOnceWhileTheServerIsKilled() throws Exception {
        List<Fault> plan = plan(Fault.SERVER_KILLED);
        tellingTheSeed(() -> {
            for (int i = 0; i < 4; i++) {
                start(ofMinutes(10), ELEMENTS / 4 * i, ELEMENTS / 4 * (i + 1), 4, 0, 4);
            }
            run(plan);
            assertThat(history.redelivered()).isZero();
            return null;
        });
    }

    private List<Fault> plan(Fault... kinds) {
        List<Fault> plan = new ArrayList<>();
        for (Fault kind : kinds) {
            plan.addAll(Collections.nCopies(ELEMENTS / ELEMENTS_FOR_A_FAULT, kind));
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    /** Has the workers put their numbers, and a fault happen in each part of that, and judges what they say. */
    private void run(List<Fault> plan) throws InterruptedException {
        int parts = plan.size() + 2;
        awaitHearing(() -> workers.stream().allMatch(worker -> worker.ready));
        allow(0, parts);
        for (int i = 0; i < plan.size(); i++) {
            allow(i + 1, parts); // one more, lest they be out of work when it happens
            int puts = (int) ((i + 0.1 + 0.8 * random.nextDouble()) * ELEMENTS / parts);
            awaitHearing(() -> history.settledPuts() >= puts);
            cause(plan.get(i));
            happened.add(plan.get(i));
        }
        assertThat(history.settledPuts()).isLessThan(ELEMENTS);
        allow(parts - 1, parts);
        awaitHearing(() -> history.settledPuts() == ELEMENTS && history.missing() == 0 && isEmpty());
        workers.forEach(worker -> worker.jvm.send("stop"));
        awaitHearing(() -> workers.stream().allMatch(worker -> worker.stopped));

        assertThat(history.violations()).isEmpty();
        assertThat(isEmpty()).isTrue();
        assertThat(happened).hasSizeGreaterThanOrEqualTo(5).containsExactlyElementsOf(plan);
        assertThat(history.unknownPuts()).as("puts that were cut off").isPositive();
    }

    private void cause(Fault fault) throws InterruptedException {
        Duration time = ofMillis(random.nextInt(300));
        switch (fault) {
            case SERVER_KILLED -> {
                long pid = server.pid();
                server.kill();
                last(time);
                server.restart();
                assertThat(server.pid()).isNotEqualTo(pid);
            }
            case SERVER_PAUSED -> {
                server.pause();
                last(time);
                server.resume();
            }
            case CONSUMER_KILLED -> killConsumers();
        }
    }

    /** Kills a process that only receives, and is doing so, and starts another one. */
    private void killConsumers() throws InterruptedException {
        awaitHearing(() -> workers.stream().anyMatch(this::isVictim));
        List<Worker> victims = workers.stream().filter(this::isVictim).toList();
        Worker victim = victims.get(random.nextInt(victims.size()));
        victim.jvm.kill();
        for (Optional<String> line = victim.jvm.poll(ofSeconds(30));
                line.isPresent();
                line = victim.jvm.poll(ofSeconds(30))) {
            note(victim, line.get());
        }
        history.died(victim.name);
        workers.remove(victim);
        startConsumers();
    }

    private boolean isVictim(Worker worker) {
        return worker.numbers == 0 && history.hasDeliveredTo(worker.name);
    }

    private void startConsumers() {
        start(VISIBILITY_TIMEOUT, 0, 0, 0, 8, 0);
    }

    private void start(Duration visibilityTimeout, int first, int end, int putting, int receiving, int taking) {
        ChildJvm jvm = ChildJvm.start(
                QueueWorker.Working.class,
                Stream.of(server.port(), key, visibilityTimeout.toMillis(), first, end, putting, receiving, taking)
                        .map(String::valueOf)
                        .toArray(String[]::new));
        workers.add(new Worker(jvm, end - first));
    }

    /** Allows all workers to put the numbers of one part. */
    private void allow(int part, int parts) {
        for (Worker worker : workers) {
            int numbers = worker.numbers * (part + 1) / parts - worker.numbers * part / parts;
            if (numbers > 0) {
                worker.jvm.send(String.valueOf(numbers));
            }
        }
    }

    private void awaitHearing(Callable<Boolean> condition) {
        await().atMost(ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(10))
                .until(() -> {
                    for (Worker worker : workers) {
                        for (Optional<String> line = worker.jvm.poll(Duration.ZERO);
                                line.isPresent();
                                line = worker.jvm.poll(Duration.ZERO)) {
                            note(worker, line.get());
                        }
                    }
                    return condition.call();
                });
    }

    private void note(Worker worker, String line) {
        if (line.equals("ready")) {
            worker.ready = true;
        } else if (line.equals("stopped")) {
            worker.stopped = true;
        } else if (line.startsWith("failed")) {
            throw new AssertionError("%s %s".formatted(worker.name, line));
        } else {
            history.note(worker.name, line);
        }
    }

    /** Whether nothing waits, and nothing is handed out. */
    private boolean isEmpty() {
        List<?> pending = (List<?>) server.execute("XPENDING", key, StoredQueue.GROUP);
        return Long.valueOf(0).equals(server.execute("XLEN", key))
                && Long.valueOf(0).equals(pending.get(0));
    }

    /** Lets a fault last so long. */
    private static void last(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private void tellingTheSeed(Callable<Void> test) {
        try {
            test.call();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "With -Dpottery.faults.seed=%d, after %s (%d put, %d unknown, %d delivered, %d more than once, %d missing): %s"
                            .formatted(
                                    SEED,
                                    happened,
                                    history.donePuts(),
                                    history.unknownPuts(),
                                    history.delivered(),
                                    history.redelivered(),
                                    history.missing(),
                                    e.getMessage()),
                    e);
        }
    }

    private static final class Worker {

        private final ChildJvm jvm;
        private final String name;
        private final int numbers;
        private boolean ready;
        private boolean stopped;

        Worker(ChildJvm jvm, int numbers) {
            this.jvm = jvm;
            this.name = "process " + jvm.pid();
            this.numbers = numbers;
        }
    }
}
