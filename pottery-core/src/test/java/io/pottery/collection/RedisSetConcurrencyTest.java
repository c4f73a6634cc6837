package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import io.pottery.testing.TestRedis.Travel;
import io.pottery.testing.Threads;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads on one set: nothing is lost, nothing is counted twice. */
@ParameterizedClass
@EnumSource(Travel.class)
class RedisSetConcurrencyTest {

    private static final int THREADS = 32;
    private static final int CALLS = 300;

    private final Travel travel;
    private final String key = TestRedis.freshKey();

    RedisSetConcurrencyTest(Travel travel) {
        this.travel = travel;
    }

    @Test
    void everyElementIsAddedOnceAndPolledOnce() {
        AtomicInteger added = new AtomicInteger();
        Queue<Integer> polled = new ConcurrentLinkedQueue<>();
        Threads.run(THREADS, thread -> {
            RedisSet<Integer> set = set();
            for (int i = 0; i < CALLS; i++) {
                // Two threads each add the same element: one of them is told so.
                if (set.add(thread / 2 * CALLS + i)) {
                    added.incrementAndGet();
                }
            }
        });
        assertThat(added).hasValue(THREADS / 2 * CALLS);
        Threads.run(THREADS, thread -> {
            RedisSet<Integer> set = set();
            for (int i = 0; i < THREADS * CALLS / 2 / THREADS; i++) {
                polled.add(set.pollRandom());
            }
        });
        assertThat(polled).doesNotHaveDuplicates().hasSize(THREADS / 2 * CALLS);
        assertThat(set()).isEmpty();
    }

    @Test
    void whatIsAddedMeanwhileSurvivesRetainAllAndRemoveIf() {
        RedisSet<Integer> negative = travel.pottery().set(TestRedis.freshKey(), Integer.class);
        Threads.run(THREADS, thread -> {
            RedisSet<Integer> set = set();
            for (int i = 0; i < CALLS; i++) {
                int element = thread * CALLS + i;
                if (thread < THREADS - 2) {
                    set.add(element);
                } else if (thread == THREADS - 2 && i % 20 == 0) {
                    set.add(-1 - i);
                    set.removeIf(each -> each < 0);
                } else if (i % 20 == 0) {
                    negative.add(-1 - i);
                    set.addAll(negative);
                    set.removeAll(negative);
                }
            }
        });
        set().removeAll(negative);
        assertThat(set().toSet())
                .isEqualTo(IntStream.range(0, (THREADS - 2) * CALLS).boxed().collect(Collectors.toSet()));
    }

    @Test
    void aStepIsSeenWholeOrNotAtAll() {
        Set<Integer> first = IntStream.range(0, 500).boxed().collect(Collectors.toSet());
        RedisSet<Integer> other = travel.pottery().set(TestRedis.freshKey(), Integer.class);
        other.addAll(IntStream.range(500, 1_000).boxed().toList());
        set().addAll(first);
        Threads.run(3, thread -> {
            RedisSet<Integer> set = set();
            for (int i = 0; i < 150; i++) {
                switch (thread) {
                    case 0 -> {
                        set.addAll(other);
                        set.removeAll(other);
                    }
                    case 1 -> assertThat(set.toSet().size()).isIn(500, 1_000);
                    default ->
                        assertThat(set.containsMany(List.of(500, 999)).stream().distinct())
                                .hasSize(1);
                }
            }
        });
        assertThat(set().toSet()).isEqualTo(first);
    }

    private RedisSet<Integer> set() {
        return travel.pottery().set(key, Integer.class);
    }
}
