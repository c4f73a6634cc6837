package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Servers;
import io.pottery.lock.RedlockOptions;
import io.pottery.testredis.RedisServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Two hundred threads on a thousand names, which threads of another factory want too: whether anything goes wrong, and
 * whether waiting takes threads.
 */
public final class Crowd {

    private static final int NAMES = 1_000;
    private static final int WAITERS = 200;
    private static final int RIVALS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration HOLD = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final AtomicIntegerArray holders = new AtomicIntegerArray(NAMES);
    private final AtomicInteger violations = new AtomicInteger();
    private volatile boolean measured;
    private volatile boolean over;

    private Crowd() {}

    /** Prints what went wrong. */
    public static void main(String[] args) throws InterruptedException {
        new Crowd().run();
    }

    private void run() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                Locks locks = new PotteryLocks(Servers.uris(List.of(server)), RedlockOptions.defaults());
                Locks others = new PotteryLocks(Servers.uris(List.of(server)), RedlockOptions.defaults())) {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < WAITERS; i++) {
                members.add(new Member(locks));
            }
            for (int i = 0; i < RIVALS; i++) {
                members.add(new Member(others));
            }
            members.forEach(Thread::start);
            Thread.sleep(WARM_UP.toMillis());
            measured = true;
            IntSummaryStatistics threads = new IntSummaryStatistics();
            for (long second = 0; second < MEASURED.toSeconds(); second++) {
                Thread.sleep(Duration.ofSeconds(1).toMillis());
                threads.accept(ManagementFactory.getThreadMXBean().getThreadCount());
            }
            over = true;
            for (Member member : members) {
                member.join(LONGEST_WAIT.toMillis());
            }
            print(members, threads);
        }
    }

    private void print(List<Member> members, IntSummaryStatistics threads) {
        Latencies latencies = new Latencies();
        members.forEach(member -> member.latencies.forEach(latencies::add));
        List<Exception> failures =
                members.stream().flatMap(member -> member.failures.stream()).toList();
        print("acquire", latencies.done());
        print("threads of the JVM", "%d to %d".formatted(threads.getMin(), threads.getMax()));
        print("held twice at once", violations);
        print("never came back", members.stream().filter(Thread::isAlive).count());
        print(
                "failed while warming up",
                members.stream().mapToInt(member -> member.failuresBefore).sum());
        print("failed", failures.size());
        failures.stream().map(Exception::getMessage).limit(3).forEach(message -> print("", message));
    }

    private static void print(String what, Object figures) {
        System.out.printf("  %-38s %s%n", what, figures);
    }

    /** Takes one lock after the other, until it is over. */
    private final class Member extends Thread {

        final List<Long> latencies = new ArrayList<>();
        final List<Exception> failures = new ArrayList<>();
        int failuresBefore;
        private final Locks locks;

        Member(Locks locks) {
            this.locks = locks;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!over) {
                int name = ThreadLocalRandom.current().nextInt(NAMES);
                try {
                    takeAndHold(name);
                } catch (InterruptedException | RuntimeException e) {
                    if (measured) {
                        failures.add(e);
                    } else {
                        failuresBefore++;
                    }
                }
            }
        }

        private void takeAndHold(int name) throws InterruptedException {
            long begun = System.nanoTime();
            Locks.Held held = locks.acquire("crowd-" + name);
            if (measured) {
                latencies.add(System.nanoTime() - begun);
            }
            if (holders.incrementAndGet(name) > 1) {
                violations.incrementAndGet();
            }
            Thread.sleep(HOLD.toMillis());
            holders.decrementAndGet(name);
            held.release();
        }
    }
}
