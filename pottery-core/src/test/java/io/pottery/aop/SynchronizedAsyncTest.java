package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.Synchronized;
import io.pottery.lock.Synchronized.OnFailure;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.testing.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Methods that return stages and publishers. */
class SynchronizedAsyncTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static AnnotationConfigApplicationContext context;
    private static Shop shop;

    private final String name = TestRedis.freshKey();
    private final Redlock lock = TestRedis.pottery().redlock(name);
    private final IOException failure = new IOException("the till is empty");

    @BeforeAll
    static void start() {
        context = Contexts.with(Shop.class);
        shop = context.getBean(Shop.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    static class Shop {

        @Synchronized(key = "#{#lock}")
        public <T> CompletableFuture<T> stage(String lock, Supplier<CompletableFuture<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public <T> CompletionStage<T> plainStage(String lock, Supplier<CompletionStage<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", timeout = "20ms")
        public CompletableFuture<String> stageIn20ms(String lock) {
            return CompletableFuture.completedFuture("ran");
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public CompletableFuture<String> skippedStage(String lock) {
            return CompletableFuture.completedFuture("ran");
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public CompletionStage<Optional<String>> skippedStageOfOptional(String lock) {
            return CompletableFuture.completedFuture(Optional.of("ran"));
        }

        @Synchronized(key = "#{#lock}")
        public CompletableFuture<Optional<String>> stageOfNull(String lock) {
            return CompletableFuture.completedFuture(null);
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms")
        public <T> CompletableFuture<T> stageOf100ms(String lock, Supplier<CompletableFuture<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.LOG)
        public <T> CompletableFuture<T> loggedStage(String lock, Supplier<CompletableFuture<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.INTERRUPT)
        public <T> CompletableFuture<T> interruptedStage(String lock, Supplier<CompletableFuture<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public <T> @Nullable T value(String lock, Supplier<T> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public <T> Mono<T> mono(String lock, Supplier<Mono<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", timeout = "20ms")
        public Mono<String> monoIn20ms(String lock) {
            return Mono.just("ran");
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public Mono<String> skippedMono(String lock) {
            return Mono.just("ran");
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms")
        public <T> Mono<T> monoOf100ms(String lock, Supplier<Mono<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.LOG)
        public <T> Mono<T> loggedMono(String lock, Supplier<Mono<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "2s", onLost = OnLost.LOG)
        public <T> Mono<T> loggedMonoAfter2s(String lock, Supplier<Mono<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}", onLost = OnLost.INTERRUPT)
        public Mono<String> interruptedMonoIfLost(String lock) {
            return Mono.just("ran");
        }

        @Synchronized(key = "#{#lock}", onLost = OnLost.INTERRUPT)
        public CompletableFuture<String> interruptedStageIfLost(String lock) {
            return CompletableFuture.completedFuture("ran");
        }

        @Synchronized(key = "#{#lock}", blocking = false)
        public String valueNow(String lock) {
            return "ran";
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.INTERRUPT)
        public <T> Mono<T> interruptedMono(String lock, Supplier<Mono<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public <T> Flux<T> flux(String lock, Supplier<Flux<T>> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public Publisher<Integer> publisher(String lock) {
            return Flux.just(1, 2);
        }

        @Synchronized(key = "#{#lock}")
        public Flow.Publisher<Integer> flow(String lock) {
            return FlowAdapters.toFlowPublisher(Flux.just(1, 2));
        }
    }

    @Test
    void aStageHoldsTheLockUntilItCompletes() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result = shop.stage(name, () -> work);
        await().until(lock::isLocked);
        assertThat(result).isNotDone();
        work.complete("done");
        assertThat(result).succeedsWithin(SOON).isEqualTo("done");
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aStageThatFailsGivesTheLockBack() {
        assertThat(shop.stage(name, () -> CompletableFuture.failedFuture(failure)))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isSameAs(failure);
        assertThat(lock.isLocked()).isFalse();
        IllegalStateException thrown = new IllegalStateException("before there is a stage");
        assertThat(shop.stage(name, () -> {
                    throw thrown;
                }))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isSameAs(thrown);
        assertThat(lock.isLocked()).isFalse();
        assertThat(shop.stage(name, () -> null)).succeedsWithin(SOON).isNull();
        assertThat(shop.stageOfNull(name)).succeedsWithin(SOON).isNull();
        assertThat(shop.stage(name, () -> CompletableFuture.completedFuture(null)))
                .succeedsWithin(SOON)
                .isNull();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void stagesRunOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        CompletableFuture<?>[] results = IntStream.range(0, 50)
                .mapToObj(i -> shop.stage(
                        name,
                        () -> CompletableFuture.supplyAsync(inside::incrementAndGet)
                                .thenApplyAsync(entered -> {
                                    inside.decrementAndGet();
                                    return entered;
                                })))
                .toArray(CompletableFuture<?>[]::new);
        assertThat(results)
                .allSatisfy(result -> assertThat(result).succeedsWithin(SOON).isEqualTo(1));
    }

    @Test
    void aStageIsNotReentrant() {
        assertThat(shop.stage(name, () -> shop.stageIn20ms(name)))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumNotAchievedException.class);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void theMethodOfAStageHasTheCurrentLease() {
        CompletableFuture<Boolean> same = shop.stage(name, () -> {
            Lease lease = CurrentLease.get();
            return CompletableFuture.completedFuture(shop.value(name, CurrentLease::get) == lease && lease.isValid());
        });
        assertThat(same).succeedsWithin(SOON).isEqualTo(true);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aCancelledStageGivesTheLockBack() throws Exception {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result = shop.stage(name, () -> work);
        await().until(lock::isLocked);
        assertThat(result.cancel(true)).isTrue();
        await().until(() -> !lock.isLocked());
        assertThat(work).isCancelled();
        try (Lease held = lock.acquire()) {
            CompletableFuture<String> waiting = shop.stage(name, () -> CompletableFuture.completedFuture("ran"));
            TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
            waiting.cancel(true);
            TestRedis.awaitListeners(TestRedis.server(), lock.key(), 0);
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aStageThatCannotBeCancelledKeepsTheLockUntilItCompletes() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result =
                shop.plainStage(name, work::minimalCompletionStage).toCompletableFuture();
        await().until(lock::isLocked);
        assertThat(result.cancel(true)).isTrue();
        assertThat(work).isNotDone();
        assertThat(lock.isLocked()).isTrue();
        work.complete("done");
        await().until(() -> !lock.isLocked());
    }

    @Test
    void whoeverDoesNotGetTheLockIsToldOrSkipped() throws Exception {
        try (Lease held = lock.acquire()) {
            assertThat(shop.stageIn20ms(name))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(QuorumNotAchievedException.class)
                    .withMessageContaining("Shop.stageIn20ms did not run");
            assertThat(shop.skippedStage(name)).succeedsWithin(SOON).isNull();
            assertThat(shop.skippedStageOfOptional(name).toCompletableFuture())
                    .succeedsWithin(SOON)
                    .isEqualTo(Optional.empty());
            assertThatExceptionOfType(QuorumNotAchievedException.class)
                    .isThrownBy(() -> shop.monoIn20ms(name).block(SOON))
                    .withMessageContaining("Shop.monoIn20ms did not run");
            assertThat(shop.skippedMono(name).blockOptional(SOON)).isEmpty();
        }
        assertThat(shop.skippedStage(name)).succeedsWithin(SOON).isEqualTo("ran");
        assertThat(shop.skippedStageOfOptional(name).toCompletableFuture())
                .succeedsWithin(SOON)
                .isEqualTo(Optional.of("ran"));
        assertThat(shop.skippedMono(name).block(SOON)).isEqualTo("ran");
    }

    @Test
    void aLostLeaseFailsTheResult() {
        assertThat(shop.stageOf100ms(name, SynchronizedAsyncTest::untilLost))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(LeaseLostException.class);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> shop.monoOf100ms(name, () -> Mono.fromFuture(untilLost()))
                        .block(SOON));
    }

    @Test
    void theFailureOfTheWorkStaysFirst() {
        assertThat(shop.stageOf100ms(
                        name, () -> untilLost().thenCompose(lost -> CompletableFuture.failedFuture(failure))))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(LeaseLostException.class);
        IllegalStateException another = new IllegalStateException("the till is empty");
        assertThat(catchThrowable(() -> shop.monoOf100ms(
                                name, () -> Mono.fromFuture(untilLost()).then(Mono.error(another)))
                        .block(SOON)))
                .isSameAs(another);
        assertThat(another.getSuppressed()).hasAtLeastOneElementOfType(LeaseLostException.class);
    }

    @Test
    void aFailureOfTheWorkIsNotTakenForOneOfTheLease() {
        RuntimeException failed = new RuntimeException("order 5 failed", new PotteryException("inside"));
        assertThat(catchThrowable(
                        () -> shop.mono(name, () -> Mono.error(failed)).block(SOON)))
                .isSameAs(failed);
        assertThat(shop.stage(name, () -> CompletableFuture.failedFuture(failed)))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isSameAs(failed);
    }

    @Test
    void nothingBeginsUnderALeaseThatWasLostOnTheWay() {
        AtomicBoolean ran = new AtomicBoolean();
        Schedulers.onScheduleHook("slow threads", task -> () -> {
            await().until(() -> !lock.isLocked());
            task.run();
        });
        try {
            assertThat(shop.stageOf100ms(name, () -> {
                        ran.set(true);
                        return CompletableFuture.completedFuture("ran");
                    }))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LeaseLostException.class)
                    .withMessageContaining("Shop.stageOf100ms does not begin");
        } finally {
            Schedulers.resetOnScheduleHook("slow threads");
        }
        assertThat(ran).isFalse();
    }

    @Test
    void methodsAreCalledOnThreadsOfReactorAlone() {
        for (int i = 0; i < 200; i++) {
            assertThat(shop.stage(
                            name,
                            () -> CompletableFuture.completedFuture(
                                    Thread.currentThread().getName())))
                    .succeedsWithin(SOON)
                    .asString()
                    .startsWith("boundedElastic-");
            assertThat(shop.mono(name, () -> Mono.just(Thread.currentThread().getName()))
                            .block(SOON))
                    .startsWith("boundedElastic-");
        }
    }

    @Test
    void waitedAndHeldTimesAreLoggedAtDebug() throws Exception {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        Logged.to(events, Level.DEBUG, () -> {
            shop.mono(name, Mono::empty).block(SOON);
            await().until(() -> events.list.size() >= 2); // the last one comes behind the result
            return true;
        });
        assertThat(events.list)
                .allMatch(event -> event.getLevel() == Level.DEBUG)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains(lock.key()))
                .satisfiesExactly(
                        waited -> assertThat(waited).matches(".*Shop\\.mono waited \\d+ ms for '.*'"),
                        held -> assertThat(held).matches(".*Shop\\.mono held '.*' for \\d+ ms"));
    }

    @Test
    void whoeverCancelsAtWhateverMomentHoldsNothing() {
        Random random = new Random(1);
        List<Redlock> locks = IntStream.range(0, 500)
                .mapToObj(i -> TestRedis.pottery().redlock(TestRedis.freshKey()))
                .toList();
        for (Redlock each : locks) {
            String itsName = each.key().substring("redlock:".length());
            long moment = System.nanoTime() + random.nextInt(600_000);
            Disposable mono = shop.mono(itsName, Mono::never).subscribe();
            while (System.nanoTime() < moment) {
                Thread.onSpinWait();
            }
            mono.dispose();
        }
        await().until(() -> locks.stream().noneMatch(Redlock::isLocked));
    }

    @Test
    void aLostLeaseMayBeLoggedOnly() {
        assertThat(shop.loggedStage(name, SynchronizedAsyncTest::untilLost))
                .succeedsWithin(SOON)
                .isEqualTo("ran");
        assertThat(shop.loggedMono(name, () -> Mono.fromFuture(untilLost())).block(SOON))
                .isEqualTo("ran");
    }

    @Test
    void aLostLeaseMayCancelTheWork() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThat(shop.interruptedStage(name, () -> never))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LeaseLostException.class)
                .satisfies(lost -> assertThat(lost).hasNoSuppressedExceptions());
        await().until(never::isCancelled);
        AtomicBoolean cancelled = new AtomicBoolean();
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> shop.interruptedMono(name, () -> Mono.never().doOnCancel(() -> cancelled.set(true)))
                        .block(SOON));
        assertThat(cancelled).isTrue();
        assertThat(shop.interruptedMonoIfLost(name).block(SOON)).isEqualTo("ran");
        assertThat(shop.interruptedStageIfLost(name)).succeedsWithin(SOON).isEqualTo("ran");
    }

    @Test
    void aMonoTakesTheLockForEachSubscription() {
        AtomicInteger calls = new AtomicInteger();
        Mono<Integer> mono = shop.mono(name, () -> {
            calls.incrementAndGet();
            return lock.reactive().isLocked().map(locked -> locked ? calls.get() : -1);
        });
        assertThat(lock.isLocked()).isFalse();
        assertThat(calls).hasValue(0);
        assertThat(mono.block(SOON)).isEqualTo(1);
        assertThat(mono.block(SOON)).isEqualTo(2);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void monosRunOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        assertThat(Flux.range(0, 50)
                        .flatMap(
                                i -> shop.mono(
                                        name,
                                        () -> Mono.fromSupplier(inside::incrementAndGet)
                                                .delayElement(Duration.ofMillis(1))
                                                .doOnNext(entered -> inside.decrementAndGet())),
                                50)
                        .collectList()
                        .block(SOON))
                .hasSize(50)
                .containsOnly(1);
    }

    @Test
    void aMonoThatFailsOrIsEmptyGivesTheLockBack() {
        assertThat(catchThrowable(
                        () -> shop.mono(name, () -> Mono.error(failure)).block(SOON)))
                .hasCause(failure);
        assertThat(lock.isLocked()).isFalse();
        IllegalStateException thrown = new IllegalStateException("before there is a Mono");
        assertThat(catchThrowable(() -> shop.mono(name, () -> {
                            throw thrown;
                        })
                        .block(SOON)))
                .isSameAs(thrown);
        assertThat(lock.isLocked()).isFalse();
        assertThat(shop.mono(name, Mono::empty).blockOptional(SOON)).isEmpty();
        assertThat(shop.mono(name, () -> null).blockOptional(SOON)).isEmpty();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aFluxHoldsTheLockUntilItCompletes() {
        Sinks.Many<Integer> numbers = Sinks.many().unicast().onBackpressureBuffer();
        AtomicReference<@Nullable Integer> last = new AtomicReference<>();
        AtomicBoolean completed = new AtomicBoolean();
        shop.flux(name, numbers::asFlux).subscribe(last::set, error -> {}, () -> completed.set(true));
        numbers.tryEmitNext(1);
        await().untilAtomic(last, equalTo(1));
        assertThat(lock.isLocked()).isTrue();
        numbers.tryEmitNext(2);
        numbers.tryEmitComplete();
        await().untilTrue(completed);
        assertThat(last).hasValue(2);
        assertThat(lock.isLocked()).isFalse();
        assertThat(shop.flux(name, () -> Flux.range(0, 1_000)).count().block(SOON))
                .isEqualTo(1_000);
        assertThat(Flux.from(shop.publisher(name)).collectList().block(SOON)).containsExactly(1, 2);
        assertThat(Flux.from(FlowAdapters.toPublisher(shop.flow(name)))
                        .collectList()
                        .block(SOON))
                .containsExactly(1, 2);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aCancelledFluxGivesTheLockBack() {
        assertThat(shop.flux(name, () -> Flux.range(0, 10).concatWith(Flux.never()))
                        .take(3)
                        .collectList()
                        .block(SOON))
                .containsExactly(0, 1, 2);
        await().until(() -> !lock.isLocked());
        Disposable running = shop.mono(name, Mono::never).subscribe();
        await().until(lock::isLocked);
        running.dispose();
        await().until(() -> !lock.isLocked());
    }

    @Test
    void aPublisherIsReentrantByTheContext() {
        Mono<Boolean> nested = shop.mono(
                name,
                () -> CurrentLease.reactive()
                        .flatMap(outer -> shop.skippedMono(name)
                                .then(shop.mono(name, CurrentLease::reactive)
                                        .delaySubscription(Duration.ofMillis(1))
                                        .map(inner -> inner.fencingToken() == outer.fencingToken()))));
        assertThat(nested.block(SOON)).isTrue();
        assertThat(lock.isLocked()).isFalse();
        Mono<String> other = shop.mono(
                name,
                () -> shop.mono(
                        TestRedis.freshKey(), () -> shop.skippedMono(name).delaySubscription(Duration.ofMillis(1))));
        assertThat(other.block(SOON)).isEqualTo("ran");
        assertThat(shop.flux(name, () -> Flux.range(0, 5).flatMap(i -> shop.skippedMono(name)))
                        .count()
                        .block(SOON))
                .isEqualTo(5);
    }

    @Test
    void theMethodOfAPublisherHasTheCurrentLease() {
        Mono<Boolean> same = shop.mono(name, () -> {
            Lease lease = CurrentLease.get();
            Lease inner = shop.value(name, CurrentLease::get);
            return CurrentLease.reactive()
                    .map(AsyncLease::fencingToken)
                    .map(token -> token == lease.fencingToken() && inner == lease);
        });
        assertThat(same.block(SOON)).isTrue();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CurrentLease.reactive().block(SOON));
    }

    @Test
    void theMethodOfAPublisherIsInsideOfThoseAroundIt() {
        Mono<String> inner =
                shop.mono(name, () -> shop.mono(TestRedis.freshKey(), () -> Mono.just(shop.valueNow(name))));
        assertThat(inner.block(SOON)).isEqualTo("ran");
    }

    @Test
    void nobodyJoinsOrEndsUnderALeaseThatIsLost() {
        AtomicReference<@Nullable Throwable> tooLate = new AtomicReference<>();
        shop.loggedMono(
                        name,
                        () -> Mono.fromFuture(untilLost())
                                .then(shop.skippedMono(name))
                                .doOnError(tooLate::set)
                                .onErrorComplete())
                .block(SOON);
        assertThat(tooLate.get())
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("Shop.skippedMono does not begin");
        AtomicReference<@Nullable Throwable> endedTooLate = new AtomicReference<>();
        shop.loggedMonoAfter2s(
                        name,
                        () -> shop.mono(name, () -> Mono.fromFuture(untilLost()))
                                .doOnError(endedTooLate::set)
                                .onErrorComplete())
                .block(SOON);
        assertThat(endedTooLate.get())
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("Shop.mono has ended too late");
    }

    /** Completes when the lease of the current method is over. */
    private static CompletableFuture<String> untilLost() {
        CompletableFuture<String> lost = new CompletableFuture<>();
        CurrentLease.get().onLost(() -> lost.complete("ran"));
        return lost;
    }
}
