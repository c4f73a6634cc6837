package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.lock.RedlockOptions;
import io.pottery.lock.Synchronized;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A process of virtual threads that share one carrier and wait for the same lock. */
class VirtualWaiters {

    private final AtomicInteger inside = new AtomicInteger();
    private int ran;

    @Synchronized(key = "#{#lock}", autoReleaseTime = "60s")
    public void run(String lock) {
        if (inside.incrementAndGet() != 1) {
            throw new IllegalStateException("two at a time");
        }
        ran++;
        Thread.yield(); // lets another one run on the carrier
        inside.decrementAndGet();
    }

    int ran() {
        return ran;
    }

    /** Runs with a port, a name, and the number of threads. */
    static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
        System.setProperty("redis.port", arguments[0]);
        int waiters = Integer.parseInt(arguments[2]);
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(FileCounter.Application.class, VirtualWaiters.class)) {
            VirtualWaiters method = context.getBean(VirtualWaiters.class);
            Executor virtual = (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            CountDownLatch arrived = new CountDownLatch(waiters);
            CountDownLatch ended = new CountDownLatch(waiters);
            AtomicInteger failed = new AtomicInteger();
            try (Lease held = context.getBean(PotteryFactory.class)
                    .redlock(arguments[1], RedlockOptions.defaults().withAutoReleaseTime(Duration.ofMinutes(1)))
                    .acquire()) {
                for (int i = 0; i < waiters; i++) {
                    virtual.execute(() -> {
                        arrived.countDown();
                        try {
                            method.run(arguments[1]);
                        } catch (RuntimeException e) {
                            e.printStackTrace();
                            failed.incrementAndGet();
                        }
                        ended.countDown();
                    });
                }
                arrived.await();
                CountDownLatch another = new CountDownLatch(1);
                virtual.execute(another::countDown);
                another.await();
                System.out.printf("%d wait, and the carrier is free%n", ended.getCount());
            }
            ended.await();
            System.out.printf("%d have run, never two at a time%n", method.ran() - failed.get());
        }
    }
}
