package io.pottery.internal.quorum;

import io.pottery.error.PotteryException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/** The one place where Pottery waits for what it has begun. */
public final class Await {

    private Await() {}

    /**
     * Begins {@code call} and waits for its result. If the thread is interrupted before, nothing is begun; if it is
     * while it waits, the call is cancelled, and a result that came all the same is returned with the flag set again.
     */
    public static <T> T interruptibly(Supplier<CompletableFuture<T>> call) throws InterruptedException {
        requireMayBlock();
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted before anything was sent");
        }
        CompletableFuture<T> future = call.get();
        try {
            return resultOf(future);
        } catch (InterruptedException e) {
            if (future.cancel(true)) {
                throw e;
            }
            return uninterruptibly(() -> future, true);
        }
    }

    /** Begins {@code call} and waits for its result, come what may; an interrupt is kept for afterwards. */
    public static <T> T uninterruptibly(Supplier<CompletableFuture<T>> call) {
        requireMayBlock();
        return uninterruptibly(call, Thread.interrupted());
    }

    private static <T> T uninterruptibly(Supplier<CompletableFuture<T>> call, boolean interruptedBefore) {
        boolean interrupted = interruptedBefore;
        try {
            CompletableFuture<T> future = call.get();
            while (true) {
                try {
                    return resultOf(future);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits without {@code future.get()}, which has a thread of a fork-join pool run other tasks meanwhile: they would
     * run in the midst of what this thread holds, and could wait on its stack for what it is about to get.
     */
    private static <T> T resultOf(CompletableFuture<T> future) throws InterruptedException {
        if (!future.isDone()) {
            CountDownLatch done = new CountDownLatch(1);
            future.whenComplete((result, failure) -> done.countDown());
            ForkJoinPool.managedBlock(new Blocker(done));
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PotteryException failure) {
                if (Stream.of(failure.getSuppressed()).noneMatch(Waited.class::isInstance)) {
                    failure.addSuppressed(new Waited());
                }
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new PotteryException("Failed inside Pottery: " + e.getCause(), e.getCause());
        } catch (CancellationException e) {
            throw new PotteryException("Cancelled inside Pottery", e);
        }
    }

    private static void requireMayBlock() {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException(
                    "This call waits, and thread %s must not: use the reactive() or async() form"
                            .formatted(Thread.currentThread().getName()));
        }
    }

    /** Lets a pool replace the thread that waits. */
    private record Blocker(CountDownLatch done) implements ForkJoinPool.ManagedBlocker {

        @Override
        public boolean block() throws InterruptedException {
            done.await();
            return true;
        }

        @Override
        public boolean isReleasable() {
            return done.getCount() == 0;
        }
    }

    /** Shows in a failure, which comes from the thread that read the reply, who was the first to wait for it. */
    private static final class Waited extends Throwable {

        private static final long serialVersionUID = 1L;

        Waited() {
            super("Waited for here");
        }
    }
}
