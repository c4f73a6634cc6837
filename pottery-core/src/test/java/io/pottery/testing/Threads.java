package io.pottery.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same work in many threads at once, and fails if any of them does. */
public final class Threads {

    private static final long LIMIT_SECONDS = 120;

    /** What each thread does. */
    @FunctionalInterface
    public interface Work {
        void in(int thread) throws Exception;
    }

    private Threads() {}

    /** Gives {@code work} the number of its thread, from 0. */
    public static void run(int threads, Work work) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    start.await();
                    work.in(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("A thread failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The threads did not end", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
