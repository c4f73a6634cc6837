package io.pottery.benchmarks;

import io.pottery.benchmarks.LockLatencies.Measurement;
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
final class Crowd implements Measurement {

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

    @Override
    public void run() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                Locks locks = new PotteryLocks(LockLatencies.uris(List.of(server)), RedlockOptions.defaults());
                Locks others = new PotteryLocks(LockLatencies.uris(List.of(server)), RedlockOptions.defaults())) {
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
        LockLatencies.print("acquire", latencies.done());
        LockLatencies.print("threads of the JVM", "%d to %d".formatted(threads.getMin(), threads.getMax()));
        LockLatencies.print("held twice at once", violations);
        LockLatencies.print(
                "never came back", members.stream().filter(Thread::isAlive).count());
        LockLatencies.print(
                "failed while warming up",
                members.stream().mapToInt(member -> member.failuresBefore).sum());
        LockLatencies.print("failed", failures.size());
        failures.stream().map(Exception::getMessage).limit(3).forEach(message -> LockLatencies.print("", message));
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
