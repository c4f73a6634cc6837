package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.codec.JsonCodecs;
import io.pottery.internal.redis.SystemTimer;
import io.pottery.internal.redis.Timer;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * Whoever asks after an eviction never gets what was computed before it, in whatever order processes take their steps.
 */
class CacheInterleavingsTest {

    private static final int PROCESSES = 3;
    private static final int INTERLEAVINGS = 1_000;
    private static final int STEPS = 14;

    static List<CacheOptions> options() {
        CacheOptions ttl = CacheOptions.ofTtl(Duration.ofMinutes(10));
        return List.of(
                CacheOptions.defaults(),
                CacheOptions.defaults().withoutTimeout(),
                ttl.withRefreshAhead(Duration.ofSeconds(599)),
                CacheOptions.defaults().withSync(),
                ttl.withSync().withLease(Duration.ofMillis(1)).withNullTtl(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void inTurns(CacheOptions options) {
        Threads.run(4, thread -> {
            String key = TestRedis.freshKey();
            List<Runnable> tasks = new ArrayList<>();
            Timer timer = (delay, work) -> {
                tasks.add(work);
                return () -> tasks.remove(work);
            };
            List<RedisCache<Integer, Integer>> processes = processes(key, options, timer, tasks::add);
            try (RedisConnection redis = TestRedis.connections().getConnection()) {
                for (int i = 0; i < INTERLEAVINGS / 4; i++) {
                    long seed = ThreadLocalRandom.current().nextLong();
                    try {
                        boolean fail = options.refreshAhead() == null; // else each failure would be logged
                        new Interleaving(processes, tasks, i, fail, new Random(seed)).run();
                        assertThat(redis.keyCommands().exists(("{" + key + "}:loads").getBytes()))
                                .as("somebody computes")
                                .isFalse();
                    } catch (Throwable e) {
                        throw new AssertionError("Interleaving with seed %d, %s".formatted(seed, options), e);
                    }
                }
            }
        });
    }

    /** Steps of several processes on one entry, one at a time. The value is what the version was. */
    private static final class Interleaving {

        private final List<RedisCache<Integer, Integer>> processes;
        private final List<Runnable> tasks;
        private final int entry;
        private final boolean fail;
        private final Random random;
        private final List<Runnable> computations = new ArrayList<>();
        private final List<CompletableFuture<?>> calls = new ArrayList<>();
        private int version = 1;

        /** What the version was when the last eviction returned. */
        private int evicted;

        Interleaving(
                List<RedisCache<Integer, Integer>> processes,
                List<Runnable> tasks,
                int entry,
                boolean fail,
                Random random) {
            this.processes = processes;
            this.tasks = tasks;
            this.entry = entry;
            this.fail = fail;
            this.random = random;
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            while (!tasks.isEmpty() || !computations.isEmpty()) {
                goOn();
            }
            calls.forEach(call -> assertThat(call).isCompleted());
            processes.forEach(this::look);
        }

        private void step() {
            RedisCache<Integer, Integer> cache = processes.get(random.nextInt(PROCESSES));
            switch (random.nextInt(14)) {
                case 0, 1 -> change(() -> cache.evict(entry));
                case 2 -> change(() -> cache.put(entry, version));
                case 3 -> change(cache::clear);
                case 4, 5, 6 -> begin(cache.async().get(entry, this::compute));
                case 7 -> begin(cache.async().refresh(entry, this::compute));
                case 8 -> look(cache);
                default -> goOn();
            }
        }

        private void change(Runnable change) {
            version++;
            change.run();
            evicted = version;
        }

        private void look(RedisCache<Integer, Integer> cache) {
            Integer found = cache.getIfPresent(entry);
            if (found != null) {
                assertThat(found).isGreaterThanOrEqualTo(evicted);
            }
        }

        private CompletableFuture<Integer> compute() {
            int read = version;
            CompletableFuture<Integer> result = new CompletableFuture<>();
            int end = fail ? random.nextInt(12) : 2;
            computations.add(() -> {
                if (end == 0) {
                    result.completeExceptionally(new IOException("no"));
                } else if (end == 1) {
                    result.completeExceptionally(new CancellationException());
                } else {
                    result.complete(read);
                }
            });
            return result;
        }

        private void begin(CompletableFuture<Integer> call) {
            int before = evicted;
            calls.add(call.handle((value, failure) -> {
                if (failure == null) {
                    assertThat(value).isGreaterThanOrEqualTo(before);
                } else if (!(cause(failure) instanceof IOException
                        || cause(failure) instanceof CancellationException)) {
                    throw new CompletionException(failure);
                }
                return true;
            }));
        }

        private static Throwable cause(Throwable failure) {
            return failure instanceof CompletionException ? failure.getCause() : failure;
        }

        private void goOn() {
            boolean compute = !computations.isEmpty() && (tasks.isEmpty() || random.nextBoolean());
            List<Runnable> next = compute ? computations : tasks;
            if (!next.isEmpty()) {
                next.remove(random.nextInt(next.size())).run();
            }
        }
    }

    @Test
    void atTheSameTime() {
        for (CacheOptions options : options()) {
            String key = TestRedis.freshKey();
            List<RedisCache<Integer, Integer>> processes =
                    processes(key, options, new SystemTimer(), ForkJoinPool.commonPool());
            AtomicInteger version = new AtomicInteger(1);
            AtomicInteger evicted = new AtomicInteger();
            Threads.run(1 + 2 * PROCESSES, thread -> {
                Random random = ThreadLocalRandom.current();
                for (int i = 0; thread == 0 ? i < 300 : evicted.get() < 301; i++) {
                    RedisCache<Integer, Integer> cache = processes.get(random.nextInt(PROCESSES));
                    if (thread == 0) {
                        int next = version.incrementAndGet();
                        change(cache, next, random.nextInt(8));
                        evicted.set(next);
                    } else {
                        int before = evicted.get();
                        Integer found =
                                random.nextInt(4) == 0 ? cache.refresh(1, version::get) : cache.get(1, version::get);
                        assertThat(found).isGreaterThanOrEqualTo(before);
                    }
                }
            });
            assertThat(processes.get(0).get(1, version::get)).isEqualTo(301);
            await().untilAsserted(() -> assertThat(TestRedis.server().execute("EXISTS", "{" + key + "}:loads"))
                    .isEqualTo(0L));
        }
    }

    private static void change(RedisCache<Integer, Integer> cache, int version, int how) {
        if (how == 0) {
            cache.clear();
        } else if (how == 1) {
            cache.put(1, version);
        } else {
            cache.evict(1);
        }
    }

    /** As many caches at {@code key} as if each were in a process of its own. */
    private static List<RedisCache<Integer, Integer>> processes(
            String key, CacheOptions options, Timer timer, Executor executor) {
        JsonCodecs codecs = JsonCodecs.ofClassPath();
        return IntStream.range(0, PROCESSES)
                .mapToObj(i -> new Caches(
                        TestRedis.keyspace(""),
                        TestRedis.connections(),
                        codecs,
                        timer,
                        executor,
                        (label, figures) -> {}))
                .map(caches -> caches.<Integer, Integer>named(key, codecs.of(Integer.class), options))
                .toList();
    }
}
