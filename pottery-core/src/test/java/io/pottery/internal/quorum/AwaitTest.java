package io.pottery.internal.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.ChildJvm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AwaitTest {

    /** A thread of the common pool would run them by itself while it waits with {@code CompletableFuture.get()}. */
    @Test
    void noOtherTaskRunsOnAThreadThatWaits() throws Exception {
        try (ChildJvm process = ChildJvm.start(Waiting.class)) {
            assertThat(process.nextLine()).isEqualTo("the other task runs on another thread");
            assertThat(process.waitFor(Duration.ofSeconds(60))).isZero();
        }
    }

    /** A process whose common pool has two threads, one of which is busy until the other waits. */
    static final class Waiting {

        static void main(String[] arguments) throws Exception {
            System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
            CountDownLatch busy = new CountDownLatch(1);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            CompletableFuture<String> awaited = new CompletableFuture<>();
            CompletableFuture.runAsync(() -> {
                busy.countDown();
                while (!awaited.isDone() && !isWaiting(waiting.get())) {
                    Thread.onSpinWait();
                }
            });
            busy.await();
            CompletableFuture.runAsync(() -> {
                        Thread current = Thread.currentThread();
                        CompletableFuture.runAsync(() -> awaited.complete(
                                Thread.currentThread() == current ? "the thread that waits" : "another thread"));
                        waiting.set(current);
                        System.out.println("the other task runs on " + Await.uninterruptibly(() -> awaited));
                    })
                    .join();
        }

        private static boolean isWaiting(@Nullable Thread thread) {
            return thread != null && thread.getState() == Thread.State.WAITING;
        }
    }
}
