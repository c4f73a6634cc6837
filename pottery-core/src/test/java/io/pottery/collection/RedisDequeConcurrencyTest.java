package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import io.pottery.testing.TestRedis.Travel;
import io.pottery.testing.Threads;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Travel.class)
class RedisDequeConcurrencyTest {

    private static final int THREADS = 32;
    private static final int TIMES = 300;

    private final RedisDeque<Integer> deque;

    RedisDequeConcurrencyTest(Travel travel) {
        this.deque = travel.pottery().deque(TestRedis.freshKey(), Integer.class);
    }

    @Test
    void noElementIsLostWhicheverEndItWasAddedTo() {
        Threads.run(
                THREADS,
                thread -> times(TIMES, i -> {
                    if (i % 2 == 0) {
                        deque.addLast(thread * TIMES + i);
                    } else {
                        deque.addFirst(thread * TIMES + i);
                    }
                }));

        assertThat(sorted(deque.toList())).isEqualTo(range(THREADS * TIMES));
    }

    @Test
    void nothingIsTakenTwice() {
        deque.addAll(range(THREADS * TIMES));
        Collection<Integer> taken = new ConcurrentLinkedQueue<>();

        Threads.run(THREADS, thread -> {
            for (Integer next = take(thread); next != null; next = take(thread)) {
                taken.add(next);
            }
        });

        assertThat(sorted(taken)).isEqualTo(range(THREADS * TIMES));
    }

    private Integer take(int thread) {
        return thread % 2 == 0 ? deque.pollFirst() : deque.pollLast();
    }

    @Test
    void whatIsTakenWhileOthersAddIsAllThatWasAdded() {
        Collection<Integer> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger adding = new AtomicInteger(THREADS / 2);

        Threads.run(THREADS, thread -> {
            if (thread < THREADS / 2) {
                times(TIMES, i -> deque.add(thread * TIMES + i));
                adding.decrementAndGet();
            } else {
                while (adding.get() > 0 || !deque.isEmpty()) {
                    Integer next = deque.poll();
                    if (next != null) {
                        taken.add(next);
                    }
                }
            }
        });

        assertThat(sorted(taken)).isEqualTo(range(THREADS / 2 * TIMES));
    }

    @Test
    void nobodySeesMoreThanTheMaximum() {
        RedisDeque<Integer> ten = deque.withMaxLength(10);
        AtomicInteger adding = new AtomicInteger(THREADS);
        AtomicInteger longest = new AtomicInteger();

        Threads.run(THREADS + 1, thread -> {
            if (thread == THREADS) {
                while (adding.get() > 0) {
                    longest.accumulateAndGet(deque.size(), Math::max);
                    longest.accumulateAndGet(deque.toList().size(), Math::max);
                }
            } else {
                try {
                    times(TIMES, i -> {
                        switch (i % 4) {
                            case 0 -> ten.addLast(i);
                            case 1 -> ten.addFirst(i);
                            case 2 -> ten.addAll(range(25));
                            default -> ten.addAllFirst(range(7));
                        }
                    });
                } finally {
                    adding.decrementAndGet();
                }
            }
        });

        assertThat(longest).hasValue(10);
        assertThat(deque).hasSize(10);
    }

    @Test
    void rotatingAndSortingLoseNothingThatOthersAdd() {
        AtomicBoolean done = new AtomicBoolean();
        Threads.run(5, thread -> {
            switch (thread) {
                case 0 -> {
                    for (int i = 0; !done.get(); i++) {
                        deque.rotate(i - 50);
                    }
                }
                case 1 -> times(25, i -> deque.asList().sort());
                case 2 -> times(25, i -> deque.removeIf(element -> element < 0));
                case 3 -> {
                    try {
                        times(500, i -> deque.addLast(i));
                    } finally {
                        done.set(true);
                    }
                }
                default -> times(500, i -> deque.addFirst(500 + i));
            }
        });

        assertThat(sorted(deque.toList())).isEqualTo(range(1_000));
    }

    private static List<Integer> sorted(Collection<Integer> elements) {
        return elements.stream().sorted().toList();
    }

    private static List<Integer> range(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    private static void times(int times, IntConsumer work) {
        IntStream.range(0, times).forEach(work);
    }
}
