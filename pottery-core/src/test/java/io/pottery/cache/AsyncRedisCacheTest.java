package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.UnencodableValueException;
import io.pottery.testing.TestRedis;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncRedisCacheTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final String key = TestRedis.freshKey();
    private final ExecutorService threads = Executors.newFixedThreadPool(1, work -> new Thread(work, "only-thread"));
    private final RedisCache<Integer, String> cache = pottery.cache(
            key,
            Integer.class,
            pottery.json(String.class),
            CacheOptions.defaults().withSync());
    private final AsyncRedisCache<Integer, String> async = cache.async().on(threads);
    private final AtomicInteger computed = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void everythingGoesOnOnTheExecutor() {
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> result = async.get(1, () -> {
            loading.complete(Thread.currentThread().getName());
            return late;
        });
        assertThat(join(loading)).isEqualTo("only-thread");
        CompletableFuture<String> completing = result.thenApply(
                value -> value + " in " + Thread.currentThread().getName());
        late.complete("one");
        assertThat(join(completing)).isEqualTo("one in only-thread");
        assertThat(join(async.get(1, this::compute))).isEqualTo("one");
        assertThat(cache.info().hits()).isEqualTo(1);
    }

    @Test
    void manyWaitForOneComputationWithoutAThread() {
        CompletableFuture<String> late = new CompletableFuture<>();
        List<CompletableFuture<String>> results = Stream.generate(() -> async.get(1, () -> {
                    computed.incrementAndGet();
                    return late;
                }))
                .limit(100)
                .toList();
        assertThat(join(async.get(2, () -> CompletableFuture.completedFuture("two"))))
                .isEqualTo("two");
        late.complete("one");
        assertThat(results).allSatisfy(result -> assertThat(join(result)).isEqualTo("one"));
        assertThat(computed).hasValue(1);
    }

    @Test
    void blockingCallersAndOthersShareAComputation() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<String> first = async.get(1, () -> {
            begun.complete(true);
            return late;
        });
        join(begun);
        Thread waiting = new Thread(() -> cache.get(1, () -> "another"));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        late.complete("one");
        waiting.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(waiting.isAlive()).isFalse();
        assertThat(join(first)).isEqualTo("one");
        assertThat(cache.getIfPresent(1)).isEqualTo("one");
    }

    @Test
    void cancellingOneLeavesTheComputationToTheOthers() {
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<String> first = async.get(1, () -> {
            begun.complete(true);
            return late;
        });
        join(begun);
        CompletableFuture<String> second = async.get(1, this::compute);
        first.cancel(true);
        assertThat(late).isNotCancelled();
        late.complete("one");
        assertThat(join(second)).isEqualTo("one");
        assertThat(computed).hasValue(0);
    }

    @Test
    void failuresReachTheCallersAndAreNotStored() {
        IOException no = new IOException("no");
        assertThatThrownBy(() -> join(async.get(1, () -> CompletableFuture.failedFuture(no))))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(no);
        assertThatThrownBy(() -> join(async.get(1, () -> {
                    throw new IllegalStateException("at once");
                })))
                .hasRootCauseMessage("at once");
        assertThatThrownBy(() -> join(async.get(1, () -> null))).hasMessageContaining("must not return null");
        assertThat(join(async.get(1, this::compute))).isEqualTo("computed");
        assertThat(TestRedis.server().execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void whatIsThereIsFoundWithoutWaitingForWhatIsComputed() {
        async.get(1, CompletableFuture::new);
        await().until(() -> cache.info().misses() == 1);
        assertThat(join(async.getIfPresent(1))).isNull();
        join(async.put(1, "one"));
        assertThat(join(async.getIfPresent(1))).isEqualTo("one");
    }

    @Test
    void aKeyThatHasNoJsonFailsTheFuture() {
        AsyncRedisCache<Object, String> any =
                pottery.cache(key, Object.class, String.class).async();
        assertThatThrownBy(() -> join(any.get(Double.NaN, this::compute)))
                .hasCauseInstanceOf(UnencodableValueException.class);
        assertThatThrownBy(() -> join(any.refresh(Double.NaN, this::compute)))
                .hasCauseInstanceOf(UnencodableValueException.class);
        assertThatThrownBy(() -> join(any.evict(Double.NaN))).hasCauseInstanceOf(UnencodableValueException.class);
        assertThat(computed).hasValue(0);
    }

    @Test
    void aComputationThatIsCancelledIsNoAnswerForOthers() {
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<String> first = async.get(1, () -> {
            begun.complete(true);
            return late;
        });
        join(begun);
        CompletableFuture<String> second = async.get(1, this::compute);
        late.cancel(true);
        assertThat(join(second)).isEqualTo("computed");
        assertThatThrownBy(() -> join(first)).isInstanceOf(CancellationException.class);
    }

    @Test
    void changesAreMadeOnTheExecutorToo() {
        join(async.put(1, "one"));
        assertThat(cache.getIfPresent(1)).isEqualTo("one");
        assertThat(join(async.refresh(1, this::compute))).isEqualTo("computed");
        assertThat(cache.getIfPresent(1)).isEqualTo("computed");
        join(async.evict(1));
        assertThat(cache.getIfPresent(1)).isNull();
        cache.put(2, "two");
        join(async.clear());
        assertThat(cache.info()).isEqualTo(new CacheInfo(0, 0, 0, 0, 0, 0));
        assertThatThrownBy(() -> join(async.put(1, null))).hasRootCauseInstanceOf(NullPointerException.class);
    }

    private CompletableFuture<String> compute() {
        computed.incrementAndGet();
        return CompletableFuture.completedFuture("computed");
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
