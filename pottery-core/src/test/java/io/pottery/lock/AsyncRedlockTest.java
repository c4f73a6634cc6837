package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.ExtendUnlockedLockException;
import io.pottery.error.LeaseLostException;
import io.pottery.error.ReleaseUnlockedLockException;
import io.pottery.testing.Deployment;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Locks for callers who do not wait: futures and Monos. */
class AsyncRedlockTest {

    @RegisterExtension
    private static final Servers SERVERS = new Servers();

    private static final Duration SOON = Duration.ofSeconds(10);

    private final String name = TestRedis.freshKey();

    static Stream<Deployment> deployments() {
        return SERVERS.both();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void futuresTakeAndGiveBack(Deployment on) throws Exception {
        AsyncRedlock lock = on.redlock(name).async();
        AsyncLease lease = get(lock.acquire());
        assertThat(lease.isValid()).isTrue();
        assertThat(get(lock.isLocked())).isTrue();
        assertThat(get(lock.tryAcquire())).isEmpty();
        assertThat(get(lock.tryAcquire(Duration.ofMillis(20)))).isEmpty();
        get(lease.extend());
        get(lease.release());
        assertThat(lease.isValid()).isFalse();
        assertThat(get(lock.isLocked())).isFalse();
        assertThat(lease.release())
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(ReleaseUnlockedLockException.class);
        assertThat(lease.extend())
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(ExtendUnlockedLockException.class);
        get(lease.close());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aCancelledFutureLeavesTheLine(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        Lease held = lock.acquire();
        CompletableFuture<AsyncLease> cancelled = lock.async().acquire();
        CompletableFuture<AsyncLease> timedOut = lock.async().acquire().orTimeout(100, TimeUnit.MILLISECONDS);
        on.awaitWaiter(lock);
        cancelled.cancel(false);
        await().until(timedOut::isCompletedExceptionally);
        on.awaitNoWaiter(lock);
        held.close();
        get(lock.async().tryAcquire()).orElseThrow().close();
    }

    @Test
    void aLeaseThatWasWonBeforeItsFutureWasCancelledIsGivenBack() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Redlock lock = longLease(tasks::add);
        AsyncRedlock async = lock.async();
        for (Supplier<CompletableFuture<?>> call : List.<Supplier<CompletableFuture<?>>>of(
                async::acquire, async::tryAcquire, () -> async.tryAcquire(SOON))) {
            CompletableFuture<?> cancelled = call.get();
            Runnable handOver = next(tasks);
            assertThat(cancelled.cancel(false)).isTrue();
            assertThat(lock.isLocked()).isTrue();
            handOver.run();
            await().until(() -> !lock.isLocked());
        }
    }

    @Test
    void futuresCompleteOnTheFactorysExecutor() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "the application's"));
        try {
            PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                    .executor(executor)
                    .build();
            Redlock lock = pottery.redlock(
                    name,
                    RedlockOptions.defaults()
                            .withAutoReleaseTime(Duration.ofMillis(200))
                            .withMasterTimeout(SOON));
            CompletableFuture<String> acquired = new CompletableFuture<>();
            CompletableFuture<String> lost = new CompletableFuture<>();
            try (Lease held = lock.acquire()) {
                lock.async().acquire().thenAccept(lease -> {
                    acquired.complete(Thread.currentThread().getName());
                    lease.onLost(() -> lost.complete(Thread.currentThread().getName()));
                });
            }
            assertThat(get(acquired)).isEqualTo("the application's");
            assertThat(get(lost)).isEqualTo("the application's");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void futuresCompleteOnTheExecutorThatTheLockIsOn() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "its own"));
        try {
            Redlock lock = longLease(task -> {}); // whose executor is always busy
            AsyncRedlock own = lock.async().on(executor);
            AsyncLease lease = get(own.acquire());
            assertThat(get(own.isLocked())).isTrue();
            assertThat(get(own.tryAcquire())).isEmpty();
            get(lease.extend());
            get(lease.close());
            assertThat(lock.reactive()
                            .on(executor)
                            .tryRun(() -> Mono.just("ran"))
                            .block(SOON))
                    .isEqualTo("ran");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anExecutorThatIsShutDownLeavesNobodyWaiting() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                .executor(executor)
                .build();
        get(get(pottery.redlock(name).async().acquire()).close());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aMonoRunsWorkWhileItHolds(Deployment on) {
        Redlock lock = on.redlock(name);
        ReactiveRedlock reactive = lock.reactive();
        assertThat(reactive.tryRun(reactive::isLocked).block(SOON)).isTrue();
        assertThat(reactive.run(reactive::isLocked).block(SOON)).isTrue();
        assertThat(reactive.tryRun(SOON, reactive::isLocked).block(SOON)).isTrue();
        assertThat(lock.isLocked()).isFalse();
        assertThat(reactive.tryRun(
                                () -> reactive.tryRun(() -> Mono.just("never")).defaultIfEmpty("nobody else"))
                        .block(SOON))
                .isEqualTo("nobody else");
        assertThat(reactive.tryRun(Mono::empty).blockOptional(SOON)).isEmpty();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aMonoSendsNothingBeforeItIsSubscribedTo() {
        Redlock lock = TestRedis.pottery().redlock(name);
        Mono<AsyncLease> never = lock.reactive().acquire();
        Mono<String> work = lock.reactive().tryRun(() -> Mono.just("work"));
        assertThat(lock.isLocked()).isFalse();
        assertThat(work.block(SOON)).isEqualTo("work");
        assertThat(never).isNotNull();
    }

    @Test
    void theErrorOfTheWorkStaysFirst() {
        Redlock lock = TestRedis.pottery()
                .redlock(
                        name,
                        RedlockOptions.defaults()
                                .withAutoReleaseTime(Duration.ofMillis(100))
                                .withMasterTimeout(SOON));
        Mono<String> failing = lock.reactive()
                .run(() -> Mono.delay(Duration.ofMillis(300)).then(Mono.error(new ArithmeticException("the work's"))));
        assertThat(failing.materialize().block(SOON).getThrowable())
                .isInstanceOf(ArithmeticException.class)
                .satisfies(error -> assertThat(error.getSuppressed()).isNotEmpty());
        Mono<String> late =
                lock.reactive().run(() -> Mono.delay(Duration.ofMillis(300)).thenReturn("done"));
        assertThat(late.materialize().block(SOON).getThrowable()).isInstanceOf(LeaseLostException.class);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aCancelledMonoGivesBack(Deployment on) throws Exception {
        Redlock lock = on.redlock(name);
        Disposable holding = lock.reactive().run(Mono::never).subscribe();
        await().until(lock::isLocked);
        Disposable waiting = lock.reactive().run(Mono::never).subscribe();
        on.awaitWaiter(lock);
        waiting.dispose();
        on.awaitNoWaiter(lock);
        assertThat(lock.isLocked()).isTrue();
        holding.dispose();
        await().until(() -> !lock.isLocked());
    }

    /**
     * The value is on its way when the subscriber cancels: between what completes the future and what tells the
     * subscriber. That is a matter of nanoseconds, so the cancel comes a little earlier each time that it was too late.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLeaseThatComesWhenTheSubscriberHasGoneIsGivenBack(boolean waits) throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Redlock lock = longLease(tasks::add);
        ReactiveRedlock reactive = lock.reactive();
        ExecutorService canceller = Executors.newSingleThreadExecutor();
        try {
            int head = 0;
            for (int i = 0; i < 1_000; i++) {
                Taker taker = new Taker();
                (waits ? reactive.acquire() : reactive.tryAcquire()).subscribe(taker);
                Runnable handOver = next(tasks);
                AtomicInteger ready = new AtomicInteger(2);
                int lag = -head;
                Future<?> cancelled = canceller.submit(() -> {
                    meet(ready);
                    spin(lag);
                    taker.cancel();
                });
                meet(ready);
                spin(head);
                handOver.run();
                cancelled.get(SOON.toSeconds(), TimeUnit.SECONDS);
                head += taker.taken ? 1 : -1;
                assertThat(lock.isLocked()).as("after %d", i).isFalse();
                tasks.clear(); // that it has been given back
            }
        } finally {
            canceller.shutdown();
        }
    }

    private static void meet(AtomicInteger ready) {
        ready.decrementAndGet();
        while (ready.get() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** Gives back what it is given. */
    private static final class Taker extends BaseSubscriber<AsyncLease> {

        volatile boolean taken;

        @Override
        protected void hookOnNext(AsyncLease lease) {
            taken = true;
            lease.close();
        }
    }

    /** A lock whose leases end long after the test; its futures complete on {@code executor}. */
    private Redlock longLease(Executor executor) {
        RedlockOptions options = RedlockOptions.defaults()
                .withAutoReleaseTime(Duration.ofMinutes(5))
                .withMasterTimeout(SOON);
        return PotteryFactory.builder(TestRedis.connections())
                .executor(executor)
                .build()
                .redlock(name, options);
    }

    private static Runnable next(BlockingQueue<Runnable> tasks) throws InterruptedException {
        Runnable task = tasks.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        return task;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
