package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.PotteryFactory;
import io.pottery.error.KeyExistsException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedisDequeTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisDeque<Integer> deque = pottery.deque(key, Integer.class);

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        RedisDeque<String> d = pottery.deque(key, String.class);
        d.populate(List.of("g", "h", "i"));
        d.add("j");
        d.addFirst("f");
        assertThat(d).containsExactly("f", "g", "h", "i", "j");
        assertThat(d.removeLast()).isEqualTo("j");
        assertThat(d.removeFirst()).isEqualTo("f");
        assertThat(d).containsExactly("g", "h", "i");
        assertThat(d.get(0)).isEqualTo("g");
        assertThat(d.get(-1)).isEqualTo("i");
        assertThat(d.contains("h")).isTrue();
        d.addAll(List.of("j", "k", "l"));
        d.rotate(1);
        assertThat(d).containsExactly("l", "g", "h", "i", "j", "k");
        d.rotate(-1);
        assertThat(d).containsExactly("g", "h", "i", "j", "k", "l");
        d.clear();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(d::removeLast);
        d.addAllFirst(List.of("a", "b", "c"));
        assertThat(d).containsExactly("c", "b", "a");
    }

    @Test
    void addsAllAtTheHeadInTurn() {
        deque.add(0);
        assertThat(deque.addAllFirst(range(2_500))).isTrue();
        ArrayDeque<Integer> model = new ArrayDeque<>(List.of(0));
        range(2_500).forEach(model::addFirst);
        assertThat(deque.toList()).isEqualTo(List.copyOf(model));
        assertThat(deque.addAllFirst(List.of())).isFalse();
        assertThat(deque.addAll(List.of())).isFalse();
    }

    @Test
    void rotatesByAnyNumber() {
        for (int length = 0; length <= 6; length++) {
            for (int steps = -25; steps <= 25; steps++) {
                RedisDeque<Integer> some = pottery.deque(TestRedis.freshKey(), Integer.class);
                some.addAll(range(length));
                List<Integer> model = new ArrayList<>(range(length));
                Collections.rotate(model, steps);
                some.rotate(steps);
                assertThat(some.toList()).as("%d by %d", length, steps).isEqualTo(model);
            }
        }
        deque.addAll(range(6));
        deque.rotate(Integer.MIN_VALUE);
        deque.rotate(Integer.MAX_VALUE);
        List<Integer> model = new ArrayList<>(range(6));
        Collections.rotate(model, Integer.MIN_VALUE);
        Collections.rotate(model, Integer.MAX_VALUE);
        assertThat(deque.toList()).isEqualTo(model);
    }

    @Test
    void rotatesLargeDeques() {
        List<Integer> model = new ArrayList<>(range(25_000));
        deque.addAll(model);
        for (int steps : List.of(10_000, 20_000, -12_501, 24_999)) {
            deque.rotate(steps);
            Collections.rotate(model, steps);
        }
        assertThat(deque.toList()).isEqualTo(model);
    }

    @Test
    void dropsWhatIsTooMuchAtTheOtherEnd() {
        RedisDeque<Integer> three = deque.withMaxLength(3);
        assertThat(three.maxLength()).hasValue(3);
        assertThat(deque.maxLength()).isEmpty();
        three.addAll(List.of(1, 2));
        three.addLast(3);
        three.addLast(4);
        assertThat(three).containsExactly(2, 3, 4);
        three.addFirst(1);
        assertThat(three).containsExactly(1, 2, 3);
        assertThat(three.addAll(range(25_000))).isTrue();
        assertThat(three).containsExactly(24_997, 24_998, 24_999);
        assertThat(three.addAllFirst(List.of(1, 2))).isTrue();
        assertThat(three).containsExactly(2, 1, 24_997);
        assertThat(three.offer(5) && three.offerFirst(6)).isTrue();
        three.push(7);
        assertThat(three).containsExactly(7, 6, 1);
    }

    @Test
    void takesMoreThanOneStepMayTakeIfOnlyTheLastOfItStays() {
        RedisDeque<String> last = pottery.deque(key, String.class, 2);
        List<String> much = Collections.nCopies(65, "x".repeat(1 << 20));
        last.addAll(much);
        assertThat(last).hasSize(2);
        last.clear();
        last.populate(much);
        assertThat(last).hasSize(2);
    }

    @Test
    void populatesWithTheLastElements() {
        RedisDeque<Integer> four = deque.withMaxLength(4);
        four.populate(range(10));
        assertThat(four).containsExactly(6, 7, 8, 9);
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> four.populate(List.of()))
                .withMessageContaining(key);
        List<Integer> withNull = Arrays.asList(null, 1, 2, 3, 4);
        assertThatNullPointerException()
                .isThrownBy(() ->
                        pottery.deque(TestRedis.freshKey(), Integer.class, 4).populate(withNull))
                .withMessageContaining("must not be null");
    }

    @Test
    void staysEmptyWithAMaximumOfZero() {
        RedisDeque<Integer> none = deque.withMaxLength(0);
        none.populate(List.of(1));
        none.addFirst(1);
        none.addLast(1);
        none.push(1);
        assertThat(none.add(1)).isTrue();
        assertThat(none.offer(1)).isFalse();
        assertThat(none.offerFirst(1)).isFalse();
        assertThat(none.offerLast(1)).isFalse();
        assertThat(none.addAll(List.of(1, 2))).isFalse();
        assertThat(none.addAllFirst(List.of(1, 2))).isFalse();
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
        assertThat(none.poll()).isNull();
        assertThatIllegalStateException().isThrownBy(() -> none.asList().add(1));
        deque.add(1);
        assertThatIllegalStateException().isThrownBy(() -> none.add(1)).withMessageContaining("has 1 elements");
    }

    @Test
    void refusesANegativeMaximum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pottery.deque(key, Integer.class, -1))
                .withMessageContainingAll(key, "-1");
    }

    @Test
    void addsNothingToADequeThatIsLongerThanItsMaximum() {
        deque.addAll(range(5));
        RedisDeque<Integer> three = deque.withMaxLength(3);
        for (Runnable call : List.<Runnable>of(
                () -> three.add(1),
                () -> three.addFirst(1),
                () -> three.addLast(1),
                () -> three.offer(1),
                () -> three.offerFirst(1),
                () -> three.offerLast(1),
                () -> three.push(1),
                () -> three.addAll(range(10)),
                () -> three.addAllFirst(List.of(1)))) {
            assertThatIllegalStateException()
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "5 elements", "maximum of 3");
        }
        assertThat(three.addAll(List.of())).isFalse();
        assertThat(three.toList()).isEqualTo(range(5));
        assertThat(three.removeLast()).isEqualTo(4);
        three.rotate(1);
        three.asList().setSlice(Slice.of(0, 2), List.of(8, 9));
        assertThat(three).containsExactly(8, 9, 1, 2);
        three.poll();
        three.add(7);
        assertThat(three).containsExactly(1, 2, 7);
    }

    static Stream<Arguments> additions() {
        return Stream.of(
                arguments("add", (Consumer<List<Integer>>) list -> list.add(1)),
                arguments("add at", (Consumer<List<Integer>>) list -> list.add(1, 1)),
                arguments("add at the head", (Consumer<List<Integer>>) list -> list.add(0, 1)),
                arguments("addAll", (Consumer<List<Integer>>) list -> list.addAll(List.of(1))),
                arguments("addAll at", (Consumer<List<Integer>>) list -> list.addAll(1, List.of(1))),
                arguments("setSlice", (Consumer<List<Integer>>)
                        list -> ((RedisList<Integer>) list).setSlice(Slice.of(1, 2), List.of(1, 2))),
                arguments("addFirst", (Consumer<List<Integer>>) list -> ((RedisList<Integer>) list).addFirst(1)),
                arguments("addLast", (Consumer<List<Integer>>) list -> ((RedisList<Integer>) list).addLast(1)),
                arguments("subList().add", (Consumer<List<Integer>>)
                        list -> list.subList(0, 2).add(1)),
                arguments("listIterator().add", (Consumer<List<Integer>>)
                        list -> list.listIterator(1).add(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("additions")
    void refusesToGrowBeyondItsMaximumAsAList(String name, Consumer<List<Integer>> addition) {
        RedisDeque<Integer> three = deque.withMaxLength(3);
        three.addAll(List.of(5, 6, 7));
        assertThatIllegalStateException()
                .isThrownBy(() -> addition.accept(three.asList()))
                .withMessageContainingAll(key, "4 elements", "maximum of 3");
        assertThat(three).containsExactly(5, 6, 7);
        three.removeLast();
        addition.accept(three.asList());
        assertThat(three).hasSize(3);
    }

    @Test
    void refusesToPopulateBeyondItsMaximumAsAList() {
        RedisDeque<Integer> three = deque.withMaxLength(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> three.asList().populate(range(4)))
                .withMessageContainingAll(key, "4 elements", "maximum of 3");
        assertThat(three).isEmpty();
        three.asList().populate(range(3));
        assertThat(three).hasSize(3);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("add", each -> each.add(1)),
                change("addFirst", each -> each.addFirst(1)),
                change("addLast", each -> each.addLast(1)),
                change("offer", each -> each.offer(1)),
                change("offerFirst", each -> each.offerFirst(1)),
                change("offerLast", each -> each.offerLast(1)),
                change("push", each -> each.push(1)),
                change("addAll", each -> each.addAll(range(20))),
                change("addAllFirst", each -> each.addAllFirst(range(20))),
                change("poll", each -> each.poll()),
                change("pollFirst", each -> each.pollFirst()),
                change("pollLast", each -> each.pollLast()),
                change("remove first", each -> each.remove()),
                change("removeFirst", each -> each.removeFirst()),
                change("removeLast", each -> each.removeLast()),
                change("pop", each -> each.pop()),
                change("remove", each -> each.remove((Object) 4)),
                change("removeFirstOccurrence", each -> each.removeFirstOccurrence(4)),
                change("removeLastOccurrence", each -> each.removeLastOccurrence(4)),
                change("removeAll", each -> each.removeAll(List.of(1, 2))),
                change("retainAll", each -> each.retainAll(List.of(1, 2))),
                change("removeIf", each -> each.removeIf(i -> i > 4)),
                change("rotate", each -> each.rotate(1)),
                change("rotate back", each -> each.rotate(-1)),
                change("iterator().remove", each -> removeOne(each.iterator())),
                change("descendingIterator().remove", each -> removeOne(each.descendingIterator())),
                change("asList().remove", each -> each.asList().remove(4)),
                change("asList().sort", each -> each.asList().sort(Collections.reverseOrder())),
                change("asList().reverse", each -> each.asList().reverse()),
                change("asList().replaceAll", each -> each.asList().replaceAll(i -> -i)),
                change("asList().setSlice", each -> each.asList().setSlice(Slice.of(2, 5), List.of(1))),
                change("asList().deleteSlice", each -> each.asList().deleteSlice(Slice.of(2, 5))),
                change(
                        "asList().subList().clear",
                        each -> each.asList().subList(3, 5).clear()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void keepsItsTimeToLiveThroughEveryChange(String name, Consumer<RedisDeque<Integer>> change) {
        for (int maxLength : List.of(Integer.MAX_VALUE, 10)) {
            RedisDeque<Integer> some = pottery.deque(TestRedis.freshKey(), Integer.class, maxLength);
            some.populate(range(10));
            some.expire(Duration.ofHours(1));
            change.accept(some);
            assertThat(some.toList()).isNotEqualTo(range(10)).isNotEmpty();
            assertThat(some.timeToLive())
                    .hasValueSatisfying(
                            left -> assertThat(left).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
        }
    }

    static Stream<Arguments> calls() {
        return Stream.concat(
                changes(),
                Stream.of(
                        change("size", each -> each.size()),
                        change("get", each -> each.get(1)),
                        change("peek", each -> each.peek()),
                        change("peekFirst", each -> each.peekFirst()),
                        change("peekLast", each -> each.peekLast()),
                        change("getFirst", each -> each.getFirst()),
                        change("getLast", each -> each.getLast()),
                        change("element", each -> each.element()),
                        change("contains", each -> each.contains(1)),
                        change("containsAll", each -> each.containsAll(List.of(1))),
                        change("clear", each -> each.clear()),
                        change("toList", each -> each.toList()),
                        change("toArray", each -> each.toArray()),
                        change("descendingIterator", each -> each.descendingIterator()),
                        change("hashCode", each -> each.hashCode()),
                        change("toString", each -> each.toString())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void namesTheKeyThatHoldsAnotherType(String name, Consumer<RedisDeque<Integer>> call) {
        redis.execute("SET", key, "text");
        for (RedisDeque<Integer> each : List.of(deque, deque.withMaxLength(3))) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(() -> call.accept(each))
                    .withMessageContainingAll(key, "Expected a list", "found a string");
        }
    }

    @Test
    void namesTheKeyWhenItIsEmpty() {
        for (Runnable call : List.<Runnable>of(
                deque::getFirst,
                deque::getLast,
                deque::element,
                deque::removeFirst,
                deque::removeLast,
                deque::remove,
                deque::pop)) {
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(key);
        }
        assertThat(deque.poll()).isNull();
        assertThat(deque.pollLast()).isNull();
        assertThat(deque.peek()).isNull();
        assertThat(deque.peekLast()).isNull();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> deque.get(0))
                .withMessageContainingAll(key, "index 0", "0 elements");
    }

    @Test
    void takesNoNullButAnswersForIt() {
        deque.add(1);
        List<Integer> withNull = Arrays.asList(1, null);
        for (Runnable call : List.<Runnable>of(
                () -> deque.add(null),
                () -> deque.addFirst(null),
                () -> deque.addLast(null),
                () -> deque.offer(null),
                () -> deque.push(null),
                () -> deque.addAll(withNull),
                () -> deque.addAllFirst(withNull))) {
            assertThatNullPointerException().isThrownBy(call::run).withMessageContaining(key);
        }
        assertThat(deque.contains(null)).isFalse();
        assertThat(deque.remove(null)).isFalse();
        assertThat(deque.removeFirstOccurrence(null)).isFalse();
        assertThat(deque.removeLastOccurrence(null)).isFalse();
        assertThat(deque).containsExactly(1);
    }

    @Test
    void removesTheFirstOrTheLastOfEqualElements() {
        deque.addAll(List.of(1, 2, 1, 3, 1));
        assertThat(deque.removeLastOccurrence(1)).isTrue();
        assertThat(deque).containsExactly(1, 2, 1, 3);
        assertThat(deque.removeFirstOccurrence(1)).isTrue();
        assertThat(deque).containsExactly(2, 1, 3);
        assertThat(deque.removeLastOccurrence(7)).isFalse();
        assertThat(deque.removeFirstOccurrence("1")).isFalse();
    }

    @Test
    void saysThatACallIsDoneWhoseResultCannotBeRead() {
        redis.execute("RPUSH", key, "x", "x", "1", "x", "x");
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(deque::peek)
                .withMessageContaining(key);
        for (Runnable call : List.<Runnable>of(deque::poll, deque::removeFirst, deque::pollLast, deque::removeLast)) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "was replaced or removed as asked");
        }
        assertThat(deque).containsExactly(1);
    }

    @Test
    void iteratesInBothDirections() {
        deque.addAll(range(2_500));
        List<Integer> seen = new ArrayList<>();
        Iterator<Integer> descending = deque.descendingIterator();
        while (descending.hasNext()) {
            Integer element = descending.next();
            seen.add(element);
            if (element % 2 == 0) {
                descending.remove();
            }
        }
        Collections.reverse(seen);
        assertThat(seen).isEqualTo(range(2_500));
        assertThat(deque.toList()).allMatch(i -> i % 2 == 1).hasSize(1_250);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(descending::next);
    }

    @Test
    void isEqualOnlyToDequesWithTheSameElements() {
        deque.addAll(List.of(1, 2));
        RedisDeque<Integer> copy = pottery.deque(TestRedis.freshKey(), Integer.class, 7);
        copy.populate(deque);
        assertThat(deque.equals(copy)).isTrue();
        assertThat(deque.equals(deque.withMaxLength(2))).isTrue();
        assertThat(deque).hasSameHashCodeAs(copy).hasToString("[1, 2]");
        assertThat(deque.equals(List.of(1, 2))).isFalse();
        assertThat(List.of(1, 2).equals(deque)).isFalse();
        assertThat(deque.asList()).isEqualTo(List.of(1, 2));
        copy.rotate(1);
        assertThat(deque.equals(copy)).isFalse();
    }

    @Test
    void addsAndRemovesItself() {
        deque.addAll(List.of(1, 2));
        deque.addAll(deque);
        deque.addAllFirst(deque);
        assertThat(deque.toList()).containsExactly(2, 1, 2, 1, 1, 2, 1, 2);
        assertThat(deque.containsAll(deque)).isTrue();
        assertThat(deque.retainAll(deque)).isFalse();
        assertThat(deque.withMaxLength(8).addAll(deque)).isTrue();
        assertThat(deque).hasSize(8);
        assertThat(deque.removeAll(deque)).isTrue();
        assertThat(deque).isEmpty();
    }

    private static void removeOne(Iterator<Integer> iterator) {
        iterator.next();
        iterator.remove();
    }

    private static Arguments change(String name, Consumer<RedisDeque<Integer>> change) {
        return arguments(name, change);
    }

    private static List<Integer> range(int to) {
        return IntStream.range(0, to).boxed().toList();
    }
}
