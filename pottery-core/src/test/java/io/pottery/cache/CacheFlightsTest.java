package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls that end in ways that nobody foresees leave no other call waiting. */
@Timeout(60)
class CacheFlightsTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final String key = TestRedis.freshKey();

    @Test
    void anErrorOfTheOneWhoTellsWhatToStoreLeavesNobodyWaiting() throws Exception {
        RedisCache<Integer, Integer> cache = cache(pottery.json(Integer.class), CacheOptions.defaults());
        Future<Integer> follower = afterFailing(
                cache,
                () -> cache.get(1, () -> 1, value -> {
                    throw new AssertionError("no");
                }));
        assertThat(follower.get()).isEqualTo(2);
        assertThat(TestRedis.server().execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void anErrorOfACodecLeavesNobodyWaiting() throws Exception {
        Codec<Integer> codec = pottery.json(Integer.class);
        RedisCache<Integer, Integer> cache = cache(failing(codec, 1), CacheOptions.defaults());
        Future<Integer> follower = afterFailing(cache, () -> cache.get(1, () -> 1));
        assertThat(follower.get()).isEqualTo(2);
        cache.put(2, 2);
        RedisCache<Integer, Integer> unreadable = cache(failing(codec, 2), CacheOptions.defaults());
        assertThatThrownBy(() -> unreadable.get(2, () -> 3)).hasMessage("cannot do 2");
        TestRedis.server().execute("DEL", key);
        assertThat(unreadable.get(2, () -> 3)).isEqualTo(3);
    }

    @Test
    void errorsReachCallersWhoDoNotWait() {
        RedisCache<Integer, Integer> cache = cache(failing(pottery.json(Integer.class), 1), CacheOptions.defaults());
        CompletableFuture<Integer> result = cache.async().get(1, () -> CompletableFuture.completedFuture(1));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(AssertionError.class);
    }

    @Test
    void aThreadThatMustNotWaitIsToldAndNobodyFollowsIt() throws Exception {
        CacheOptions options = CacheOptions.defaults().withSync().withLease(Duration.ofMinutes(5));
        RedisCache<Integer, Integer> cache = cache(pottery.json(Integer.class), options);
        RedisCache<Integer, Integer> elsewhere = cache(pottery.json(Integer.class), options);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> computing = CompletableFuture.supplyAsync(() -> elsewhere.get(1, () -> {
            begun.countDown();
            await().until(() -> end.getCount() == 0);
            return 7;
        }));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> Mono.fromCallable(() -> cache.get(1, () -> 1))
                        .subscribeOn(Schedulers.parallel())
                        .block())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not");
        CompletableFuture<Integer> follower = CompletableFuture.supplyAsync(() -> cache.get(1, () -> 2));
        end.countDown();
        assertThat(computing.get()).isEqualTo(7);
        assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo(7);
    }

    /** Has somebody ask for entry 1 after {@code call} has failed to compute it. */
    private static Future<Integer> afterFailing(RedisCache<Integer, Integer> cache, Runnable call) {
        CompletableFuture<Integer> follower = new CompletableFuture<>();
        assertThatThrownBy(call::run).isInstanceOf(AssertionError.class);
        CompletableFuture.runAsync(() -> {
            try {
                follower.complete(cache.get(1, () -> 2));
            } catch (Throwable e) {
                follower.completeExceptionally(e);
            }
        });
        return follower.orTimeout(30, TimeUnit.SECONDS);
    }

    /** Like {@code codec}, but has an error for {@code number}. */
    private static Codec<Integer> failing(Codec<Integer> codec, int number) {
        return new Codec<>() {
            @Override
            public byte[] encode(Integer value) {
                return refused(codec.encode(value));
            }

            @Override
            public Integer decode(byte[] bytes) {
                return codec.decode(refused(bytes));
            }

            @Override
            public byte[] tryEncode(Object candidate) {
                return codec.tryEncode(candidate);
            }

            private byte[] refused(byte[] bytes) {
                if (new String(bytes, StandardCharsets.UTF_8).equals(Integer.toString(number))) {
                    throw new AssertionError("cannot do " + number);
                }
                return bytes;
            }
        };
    }

    private RedisCache<Integer, Integer> cache(Codec<Integer> codec, CacheOptions options) {
        return pottery.cache(key, Integer.class, codec, options);
    }
}
