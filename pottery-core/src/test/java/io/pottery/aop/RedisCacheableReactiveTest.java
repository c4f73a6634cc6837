package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.lock.Synchronized;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Methods that return stages and publishers. */
class RedisCacheableReactiveTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static AnnotationConfigApplicationContext context;
    private static Shop shop;
    private static RedisCaches caches;

    private final String name = TestRedis.freshKey();
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeAll
    static void start() {
        context = Contexts.with(Asynchronous.class, Shop.class);
        shop = context.getBean(Shop.class);
        caches = context.getBean(RedisCaches.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Asynchronous {

        @Bean
        TaskExecutor taskExecutor() {
            return new SimpleAsyncTaskExecutor("async-");
        }
    }

    static class Shop {

        @RedisCacheable(key = "#{#cache}", arguments = "1", nullTtl = "1m")
        public Mono<String> mono(String cache, Supplier<Mono<String>> work) {
            return work.get();
        }

        @RedisCacheable(key = "#{#cache}", arguments = "1")
        public Flux<Integer> flux(String cache, Supplier<Flux<Integer>> work) {
            return work.get();
        }

        @RedisCacheable(key = "#{#cache}", arguments = "1")
        public CompletableFuture<String> future(String cache, Supplier<CompletableFuture<String>> work) {
            return work.get();
        }

        @RedisCacheable(key = "#{#cache}", arguments = "1", nullTtl = "1m")
        public CompletionStage<Optional<String>> stage(String cache, Supplier<CompletionStage<Optional<String>>> work) {
            return work.get();
        }

        @Async
        @RedisCacheable(key = "#{#cache}", arguments = "1")
        public CompletableFuture<String> async(String cache, Supplier<String> work) {
            return CompletableFuture.completedFuture(work.get());
        }

        @RedisCacheable(key = "#{#cache}", arguments = "1", sync = true, lease = "1m")
        @Synchronized(key = "#{#cache}:lock", autoReleaseTime = "1m")
        public Mono<String> inner(String cache, Mono<String> work) {
            return work;
        }

        @RedisCacheable(key = "#{#cache}", arguments = "1", sync = true, lease = "1m")
        public CompletableFuture<String> innerFuture(String cache, CompletableFuture<String> work) {
            return work;
        }

        @Synchronized(key = "#{#cache}:lock", autoReleaseTime = "1m")
        public Mono<String> outer(String cache, Mono<String> work) {
            return work;
        }

        @Synchronized(key = "#{#cache}:lock", autoReleaseTime = "1m")
        public <T> T outerNow(String cache, Supplier<T> work) {
            return work.get();
        }

        @Async
        @RedisCacheable(key = "#{#cache}", arguments = "1")
        public CompletableFuture<String> asyncLate(String cache, Supplier<CompletableFuture<String>> work) {
            return work.get();
        }

        @RedisCacheable(key = "#{#cache}")
        public Mono<String> unwritable(String cache, Runnable argument) {
            return Mono.just("");
        }

        @RedisCacheable(key = "#{#cache}")
        public CompletableFuture<String> unwritableFuture(String cache, Runnable argument) {
            return CompletableFuture.completedFuture("");
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "1")
        public Mono<String> evictMono(String cache, Mono<String> work) {
            return work;
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "1", condition = "#result == 'new'")
        public CompletableFuture<String> evictFuture(String cache, CompletableFuture<String> work) {
            return work;
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "1")
        public Flux<Integer> evictFlux(String cache, Flux<Integer> work) {
            return work;
        }

        @Async
        @RedisCacheEvict(key = "#{#cache}", arguments = "1")
        public CompletableFuture<@Nullable Void> evictAsync(String cache) {
            return CompletableFuture.completedFuture(null);
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "1", beforeInvocation = true)
        public Mono<Void> evictBefore(String cache, Mono<Void> work) {
            return work;
        }
    }

    @Test
    void eachSubscriptionAsksTheCache() {
        Mono<String> mono = shop.mono(name, () -> Mono.fromSupplier(() -> "call " + calls.incrementAndGet()));
        assertThat(calls).hasValue(0);
        assertThat(mono.block(SOON)).isEqualTo("call 1");
        assertThat(mono.block(SOON)).isEqualTo("call 1");
        assertThat(calls).hasValue(1);
    }

    @Test
    void anEmptyMonoCountsAsNull() {
        Mono<String> mono = shop.mono(name, () -> Mono.<String>empty().doOnSubscribe(s -> calls.incrementAndGet()));
        assertThat(mono.blockOptional(SOON)).isEmpty();
        assertThat(mono.blockOptional(SOON)).isEmpty();
        assertThat(calls).hasValue(1);
    }

    @Test
    void elementsOfAFluxArePlayedBack() {
        Flux<Integer> flux = shop.flux(name, () -> Flux.range(calls.incrementAndGet(), 3));
        assertThat(flux.collectList().block(SOON)).containsExactly(1, 2, 3);
        assertThat(flux.collectList().block(SOON)).containsExactly(1, 2, 3);
        String other = TestRedis.freshKey();
        Flux<Integer> empty = shop.flux(other, () -> Flux.range(calls.incrementAndGet(), 0));
        assertThat(empty.collectList().block(SOON)).isEmpty();
        assertThat(empty.collectList().block(SOON)).isEmpty();
        assertThat(calls).hasValue(2);
    }

    @Test
    void theContextOfTheSubscriberReachesThePublisher() {
        assertThat(shop.mono(name, () -> Mono.deferContextual(context -> Mono.just(context.get("user"))))
                        .contextWrite(context -> context.put("user", "ada"))
                        .block(SOON))
                .isEqualTo("ada");
    }

    @Test
    void methodsAreCalledOnThreadsOfReactor() throws Exception {
        assertThat(shop.mono(name, () -> Mono.just(Thread.currentThread().getName()))
                        .block(SOON))
                .startsWith("boundedElastic-");
        assertThat(shop.future(
                                TestRedis.freshKey(),
                                () -> CompletableFuture.completedFuture(
                                        Thread.currentThread().getName()))
                        .get())
                .startsWith("boundedElastic-");
        assertThat(shop.async(TestRedis.freshKey(), () -> Thread.currentThread().getName())
                        .get())
                .startsWith("async-");
    }

    @Test
    void whoeverCancelsLeavesTheWorkToOthers() {
        Sinks.One<String> sink = Sinks.one();
        Mono<String> mono = shop.mono(name, () -> sink.asMono().doOnSubscribe(s -> calls.incrementAndGet()));
        Disposable subscription = mono.subscribe();
        await().until(() -> calls.get() == 1);
        subscription.dispose();
        sink.tryEmitValue("late");
        await().untilAsserted(() ->
                assertThat(shop.mono(name, () -> Mono.just("anew")).block(SOON)).isEqualTo("late"));
    }

    @Test
    void stagesAndAsyncMethodsAreCached() throws Exception {
        Supplier<CompletableFuture<String>> work =
                () -> CompletableFuture.completedFuture("call " + calls.incrementAndGet());
        assertThat(shop.future(name, work).get()).isEqualTo("call 1");
        assertThat(shop.future(name, work).get()).isEqualTo("call 1");
        String other = TestRedis.freshKey();
        assertThat(shop.async(other, () -> "call " + calls.incrementAndGet()).get())
                .isEqualTo("call 2");
        assertThat(shop.async(other, () -> "call " + calls.incrementAndGet()).get())
                .isEqualTo("call 2");
        String empty = TestRedis.freshKey();
        for (int i = 0; i < 2; i++) {
            assertThat(shop.stage(empty, () -> {
                                calls.incrementAndGet();
                                return CompletableFuture.completedFuture(Optional.empty());
                            })
                            .toCompletableFuture()
                            .get())
                    .isEmpty();
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void whoeverHoldsALeaseDoesNotWaitForOneWhoWaitsForThatLock() throws Exception {
        Sinks.One<String> missed = Sinks.one();
        Sinks.One<String> held = Sinks.one();
        CompletableFuture<String> holder = shop.outer(name, Mono.defer(() -> {
                    held.tryEmitValue("held");
                    return missed.asMono().then(shop.inner(name, Mono.just("mine")));
                }))
                .toFuture();
        held.asMono().block(SOON);
        CompletableFuture<String> other = shop.inner(name, Mono.just("other")).toFuture();
        await().until(() ->
                caches.of(shop, "inner").cache(name, Mono.empty()).info().misses() == 1);
        missed.tryEmitValue("missed");
        assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("mine");
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("other");
        assertThat(shop.outer(name, shop.inner(name, Mono.just("anew"))).block(SOON))
                .isEqualTo("mine");
    }

    @Test
    void aStageOrPublisherThatIsAskedForUnderALeaseDoesNotWaitEither() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<String> waiting = shop.innerFuture(name, never);
        await().until(() ->
                caches.of(shop, "innerFuture").cache(name, never).info().misses() == 1);
        CompletableFuture<String> mine = CompletableFuture.completedFuture("mine");
        assertThat(shop.outerNow(
                        name,
                        () -> shop.innerFuture(name, mine)
                                .orTimeout(10, TimeUnit.SECONDS)
                                .join()))
                .isEqualTo("mine");
        String other = TestRedis.freshKey();
        shop.mono(other, Mono::never).subscribe();
        await().until(() -> caches.of(shop, "mono").cache(other, null).info().misses() == 1);
        assertThat(shop.outerNow(
                        other, () -> shop.mono(other, () -> Mono.just("mine")).block(SOON)))
                .isEqualTo("mine");
        never.complete("late");
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    void failuresReachTheCallerAsTheyAre() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> shop.mono(name, () -> Mono.error(new IllegalStateException("no luck")))
                        .block(SOON))
                .withMessage("no luck");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> shop.future(
                                name, () -> CompletableFuture.failedFuture(new IllegalStateException("no luck")))
                        .get())
                .withCauseExactlyInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> shop.async(name, () -> {
                            throw new IllegalStateException("no luck");
                        })
                        .get())
                .withCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(shop.mono(name, () -> Mono.just("luck")).block(SOON)).isEqualTo("luck");
    }

    @Test
    void anInterruptCancelsWhatAnAsyncMethodWaitsFor() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<String> result = shop.asyncLate(name, () -> {
            thread.complete(Thread.currentThread());
            return never;
        });
        thread.join().interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(PotteryException.class)
                .withMessageContaining("Shop.asyncLate was cancelled: interrupted while it waited for what it had");
        assertThat(never).isCancelled();
    }

    @Test
    void whoseArgumentsHaveNoJsonIsTold() {
        Runnable unwritable = () -> {};
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> shop.unwritable(name, unwritable).block(SOON))
                .withMessageContaining("Shop.unwritable did not run, because its arguments have no JSON:");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> shop.unwritableFuture(name, unwritable).get())
                .withMessageContaining("Shop.unwritableFuture did not run, because its arguments have no JSON:");
    }

    @Test
    void bypassReturnsWhatTheMethodReturns() throws Exception {
        Supplier<Mono<String>> work = () -> Mono.fromSupplier(() -> "call " + calls.incrementAndGet());
        shop.mono(name, work).block(SOON);
        Mono<?> anew = (Mono<?>) caches.of(shop, "mono").bypass(name, work);
        assertThat(calls).hasValue(1);
        assertThat(anew.cast(String.class).block(SOON)).isEqualTo("call 2");
        assertThat(shop.mono(name, work).block(SOON)).isEqualTo("call 2");
        String other = TestRedis.freshKey();
        Supplier<String> async = () -> Thread.currentThread().getName() + calls.incrementAndGet();
        shop.async(other, async).get();
        assertThat(((CompletableFuture<?>) caches.of(shop, "async").bypass(other, async)).get())
                .asString()
                .startsWith("async-")
                .endsWith("4");
    }

    @Test
    void evictionsComeBeforeTheSubscriberKnows() throws Exception {
        assertThat(stored()).isEqualTo("call 1");
        assertThat(shop.evictMono(name, Mono.just("new"))
                        .map(result -> result + stored())
                        .block(SOON))
                .isEqualTo("newcall 2");
        assertThat(shop.evictMono(name, Mono.empty()).blockOptional(SOON)).isEmpty();
        assertThat(stored()).isEqualTo("call 3");
        assertThat(shop.evictFlux(name, Flux.just(1, 2)).collectList().block(SOON))
                .isEqualTo(List.of(1, 2));
        assertThat(stored()).isEqualTo("call 4");
        assertThat(shop.evictFuture(name, CompletableFuture.completedFuture("new"))
                        .get())
                .isEqualTo("new");
        assertThat(stored()).isEqualTo("call 5");
        shop.evictAsync(name).get();
        assertThat(stored()).isEqualTo("call 6");
        shop.evictBefore(name, Mono.defer(() -> Mono.fromRunnable(this::stored)))
                .block(SOON);
        assertThat(stored()).isEqualTo("call 7");
    }

    @Test
    void nothingIsEvictedByWhatFailsOrByAResultThatIsNotMeant() throws Exception {
        assertThat(stored()).isEqualTo("call 1");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> shop.evictMono(name, Mono.error(new IllegalStateException()))
                        .block(SOON));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> shop.evictFuture(name, CompletableFuture.failedFuture(new IllegalStateException()))
                        .get())
                .withCauseExactlyInstanceOf(IllegalStateException.class);
        shop.evictFuture(name, CompletableFuture.completedFuture("same")).get();
        assertThat(stored()).isEqualTo("call 1");
    }

    /** What the cache has under {@link #name}; its number tells whether it was computed anew. */
    private String stored() {
        try {
            return shop.future(name, () -> CompletableFuture.completedFuture("call " + calls.incrementAndGet()))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
