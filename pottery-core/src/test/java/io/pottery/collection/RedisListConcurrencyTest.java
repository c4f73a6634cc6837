package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import io.pottery.testing.TestRedis.Travel;
import io.pottery.testing.Threads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Travel.class)
class RedisListConcurrencyTest {

    private static final int THREADS = 32;
    private static final int TIMES = 300;

    private final RedisList<Integer> list;

    RedisListConcurrencyTest(Travel travel) {
        this.list = travel.pottery().list(TestRedis.freshKey(), Integer.class);
    }

    @Test
    void noAppendedElementIsLost() {
        Threads.run(THREADS, thread -> times(TIMES, i -> list.add(thread * TIMES + i)));

        assertThat(sorted(list.toList())).isEqualTo(range(THREADS * TIMES));
    }

    @Test
    void elementsAppendedTogetherStayTogether() {
        Threads.run(THREADS, thread -> times(10, i -> list.addAll(Collections.nCopies(20, thread * 10 + i))));

        List<Integer> all = list.toList();
        assertThat(all).hasSize(THREADS * 10 * 20);
        for (int i = 0; i < all.size(); i += 20) {
            assertThat(Collections.frequency(all.subList(i, i + 20), all.get(i)))
                    .isEqualTo(20);
        }
    }

    @Test
    void nothingIsRemovedTwice() {
        list.addAll(range(THREADS * TIMES));
        Collection<Integer> removed = new ConcurrentLinkedQueue<>();

        Threads.run(
                THREADS,
                thread -> times(
                        TIMES,
                        i -> removed.add(
                                switch (thread % 4) {
                                    case 0 -> list.removeFirst();
                                    case 1 -> list.removeLast();
                                    default -> removeFromTheMiddle();
                                })));

        assertThat(sorted(removed)).isEqualTo(range(THREADS * TIMES));
        assertThat(list).isEmpty();
    }

    /** The middle may be gone when it is removed; the head is there as long as this thread has a share left. */
    private Integer removeFromTheMiddle() {
        try {
            return list.remove(list.size() / 2);
        } catch (IndexOutOfBoundsException e) {
            return list.remove(0);
        }
    }

    @Test
    void insertingAndRemovingInTheMiddleLosesNothing() {
        list.addAll(Collections.nCopies(100, -1));
        Collection<Integer> removed = new ConcurrentLinkedQueue<>();

        Threads.run(
                THREADS,
                thread -> times(80, i -> {
                    if (thread % 2 == 0) {
                        list.add(50, thread * 80 + i);
                    } else if (i % 5 == 0) {
                        removed.add(list.remove(40));
                    } else {
                        list.set(0, -1);
                    }
                }));

        removed.addAll(list.toList());
        List<Integer> expected = new ArrayList<>(Collections.nCopies(100, -1));
        IntStream.range(0, THREADS / 2).forEach(half -> times(80, i -> expected.add(2 * half * 80 + i)));
        assertThat(sorted(removed)).isEqualTo(sorted(expected));
    }

    @Test
    void splicesAreWhole() {
        list.addAll(List.of(0, 0, 0, 0));
        AtomicBoolean done = new AtomicBoolean();
        Threads.run(3, thread -> {
            if (thread == 2) {
                while (!done.get()) {
                    assertThat(list.toList()).isIn(List.of(0, 0, 0, 0), List.of(0, 1, 2, 3, 0), List.of(0, 9, 0));
                }
            } else {
                try {
                    times(150, i -> list.setSlice(Slice.of(1, -1), sample(thread * 150 + i)));
                } finally {
                    done.set(true);
                }
            }
        });
    }

    private static List<Integer> sample(int number) {
        return List.of(List.of(0, 0), List.of(1, 2, 3), List.of(9)).get(number % 3);
    }

    @Test
    void sortingReversingAndReplacingLoseNothingThatOthersAppend() {
        Threads.run(5, thread -> {
            switch (thread) {
                case 0 -> times(25, i -> list.sort(Comparator.reverseOrder()));
                case 1 -> times(25, i -> list.reverse());
                case 2 -> times(25, i -> list.replaceAll(element -> element));
                default -> times(250, i -> list.add(thread * 250 + i));
            }
        });

        assertThat(sorted(list.toList()))
                .isEqualTo(IntStream.range(750, 1_250).boxed().toList());
    }

    @Test
    void removingByAConditionSparesWhatOthersAppend() {
        Threads.run(4, thread -> {
            switch (thread) {
                case 0 -> times(30, i -> list.removeIf(element -> element < 0));
                case 1 -> times(30, i -> list.removeAll(List.of(-1, -2)));
                default ->
                    times(250, i -> {
                        list.add(-1);
                        list.add(thread * 250 + i);
                        list.add(-2);
                    });
            }
        });

        list.removeIf(element -> element < 0);
        assertThat(sorted(list.toList()))
                .isEqualTo(IntStream.range(500, 1_000).boxed().toList());
    }

    @Test
    void iteratorsRemoveOnlyWhatTheyShowWhileOthersInsertAtTheHead() {
        list.addAll(range(2_500));
        Threads.run(2, thread -> {
            if (thread == 0) {
                times(250, i -> list.add(0, -1 - i));
            } else {
                ListIterator<Integer> iterator = list.listIterator();
                while (iterator.hasNext()) {
                    Integer shown = iterator.next();
                    if (shown >= 0 && shown % 2 == 0) {
                        iterator.remove();
                    }
                }
            }
        });

        List<Integer> left = list.toList();
        assertThat(left)
                .containsAll(range(2_500).stream().filter(i -> i % 2 == 1).toList());
        assertThat(left)
                .containsAll(IntStream.range(0, 250).mapToObj(i -> -1 - i).toList());
        assertThat(left).doesNotHaveDuplicates();
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
