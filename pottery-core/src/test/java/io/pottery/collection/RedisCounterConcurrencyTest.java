package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import io.pottery.testing.TestRedis.Travel;
import io.pottery.testing.Threads;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Travel.class)
class RedisCounterConcurrencyTest {

    private static final int THREADS = 32;
    private static final int TIMES = 150;

    private final String key = TestRedis.freshKey();
    private final RedisCounter<String> counter;

    RedisCounterConcurrencyTest(Travel travel) {
        this.counter = travel.pottery().counter(key, String.class);
    }

    @Test
    void incrementsExactly() {
        Threads.run(THREADS, thread -> times(TIMES, i -> counter.increment("k")));
        assertThat(counter.count("k")).isEqualTo(THREADS * TIMES);
    }

    @Test
    void tellsEveryoneAnotherCountHoweverLarge() {
        for (long start : List.of(0L, 1L << 53, Long.MAX_VALUE - THREADS * TIMES, Long.MIN_VALUE)) {
            counter.put("k", start);
            Set<Long> told = ConcurrentHashMap.newKeySet();
            Threads.run(THREADS, thread -> times(TIMES, i -> told.add(counter.increment("k"))));
            assertThat(told)
                    .hasSize(THREADS * TIMES)
                    .allMatch(count -> count > start && count <= start + THREADS * TIMES);
        }
    }

    @Test
    void incrementsAFloatExactly() {
        TestRedis.server().execute("HSET", key, "\"k\"", "1000.0", "\"n\"", "null");
        Threads.run(
                THREADS,
                thread -> times(40, i -> {
                    counter.increment("k");
                    counter.addAll(List.of("k", "n"));
                    counter.increment("n");
                    if (i % 10 == 0 && thread == 0) {
                        counter.plusInPlace(Map.of("k", 1L));
                    }
                }));
        assertThat(counter).isEqualTo(Map.of("k", 1_000L + 2 * THREADS * 40 + 4, "n", 2L * THREADS * 40));
    }

    @Test
    void addsAndSubtractsManyExactly() {
        Threads.run(
                THREADS,
                thread -> times(TIMES, i -> {
                    if (thread % 2 == 0) {
                        counter.addAll(Map.of("a", 3L, "b", 2L));
                    } else {
                        counter.subtract(List.of("a", "b", "a"));
                    }
                }));
        assertThat(counter).isEqualTo(Map.of("a", (long) THREADS / 2 * TIMES, "b", (long) THREADS / 2 * TIMES));
    }

    @Test
    void losesNothingWhateverWayItIsCounted() {
        counter.put("k", 1L);
        Threads.run(
                THREADS,
                thread -> times(50, i -> {
                    switch ((thread + i) % 5) {
                        case 0 -> counter.increment("k");
                        case 1 -> counter.addAll(List.of("k"));
                        case 2 -> counter.merge("k", 1L, Long::sum);
                        case 3 -> counter.plusInPlace(Map.of("k", 1L));
                        default -> counter.minusInPlace(Map.of("k", -1L));
                    }
                }));
        assertThat(counter).isEqualTo(Map.of("k", THREADS * 50L + 1));
    }

    @Test
    void losesNothingThatIsAddedWhileItIsAbsent() {
        Threads.run(
                THREADS,
                thread -> times(25, i -> {
                    if (thread < 2) {
                        counter.plusInPlace(Map.of("n" + i, 1L));
                    } else {
                        counter.increment("n" + i);
                    }
                }));
        assertThat(counter).hasSize(25);
        assertThat(counter.values()).containsOnly((long) THREADS);
    }

    @Test
    void nobodySeesAPartOfWhatIsRolledBack() {
        counter.populate(Map.of("a", 0L, "z", Long.MAX_VALUE));
        AtomicBoolean done = new AtomicBoolean();
        Threads.run(2, thread -> {
            if (thread == 0) {
                try {
                    times(100, i -> {
                        try {
                            counter.addAll(Map.of("a", 1L, "new", 1L, "z", 1L));
                        } catch (ArithmeticException expected) {
                            return;
                        }
                        throw new AssertionError("no overflow");
                    });
                } finally {
                    done.set(true);
                }
            } else {
                while (!done.get()) {
                    assertThat(counter.toMap()).isEqualTo(Map.of("a", 0L, "z", Long.MAX_VALUE));
                }
            }
        });
    }

    private static void times(int times, java.util.function.IntConsumer work) {
        IntStream.range(0, times).forEach(work);
    }
}
