package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.PotteryFactory;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisListTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisList<Integer> list = pottery.list(key, Integer.class);

    record Order(long id, List<String> items) {}

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        RedisList<Integer> squares = list;
        squares.populate(List.of(1, 4, 9, 16, 25));
        assertThat(squares).containsExactly(1, 4, 9, 16, 25);
        assertThat(squares.get(0)).isEqualTo(1);
        assertThat(squares.at(-1)).isEqualTo(25);
        assertThat(squares.slice(Slice.from(-3))).containsExactly(9, 16, 25);
        assertThat(squares.slice(Slice.all())).containsExactly(1, 4, 9, 16, 25);
        squares.addAll(List.of(36, 49));
        assertThat(squares).isEqualTo(List.of(1, 4, 9, 16, 25, 36, 49));
        assertThat(redis.execute("LINDEX", key, "-1")).isEqualTo("49");
    }

    @Test
    void populatesOnlyAKeyThatDoesNotExist() {
        list.populate(List.of(1));
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> list.populate(List.of(2)))
                .withMessageContaining(key);
        assertThat(list).containsExactly(1);
    }

    @Test
    void appendsNothingWithoutAnError() {
        assertThat(list.addAll(List.of())).isFalse();
        list.populate(List.of());
        list.setSlice(Slice.all(), List.of());
        assertThat(list.removeAll(List.of())).isFalse();
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
    }

    @Test
    void takesEmptyAndReversedSlices() {
        list.populate(range(7));
        assertThat(list.slice(Slice.of(0, 0))).isEmpty();
        assertThat(list.slice(Slice.to(0))).isEmpty();
        assertThat(list.slice(Slice.of(-10, -20).step(-1))).isEmpty();
        assertThat(list.slice(Slice.all().step(-1))).containsExactly(6, 5, 4, 3, 2, 1, 0);
        assertThat(list.slice(Slice.of(5, 1).step(-2))).containsExactly(5, 3);
        list.deleteSlice(Slice.to(0));
        assertThat(list).hasSize(7);
        assertThatIllegalArgumentException().isThrownBy(() -> Slice.all().step(0));
    }

    @Test
    void replacesASliceByAnotherNumberOfElements() {
        list.populate(List.of(0, 1, 2, 3));
        list.setSlice(Slice.of(1, 3), List.of(9));
        assertThat(list).containsExactly(0, 9, 3);
        list.setSlice(Slice.of(1, 2), List.of(7, 8, 9));
        assertThat(list).containsExactly(0, 7, 8, 9, 3);
        list.setSlice(Slice.of(1, 1), List.of(0, 0));
        assertThat(list).containsExactly(0, 0, 0, 7, 8, 9, 3);
        list.setSlice(Slice.from(99), List.of(0));
        assertThat(list).containsExactly(0, 0, 0, 7, 8, 9, 3, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list.setSlice(Slice.all().step(2), List.of(7)))
                .withMessageContainingAll(key, "[::2]", "4 elements", "by 1");
        assertThat(list).hasSize(8);
    }

    @Test
    void insertsAtEveryIndex() {
        for (int index = 0; index <= 7; index++) {
            list.clear();
            list.addAll(List.of(0, 0, 1, 0, 1, 1, 0));
            list.add(index, 5);
            List<Integer> model = new ArrayList<>(List.of(0, 0, 1, 0, 1, 1, 0));
            model.add(index, 5);
            assertThat(list).isEqualTo(model);
            assertThat(list.remove(index)).isEqualTo(5);
            model.remove(index);
            assertThat(list.toList()).isEqualTo(model);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void saysWhichIndexIsWrong(int index) {
        list.populate(List.of(1, 2, 3));
        List<Runnable> calls = new ArrayList<>(List.of(
                () -> list.get(index),
                () -> list.set(index, 1),
                () -> list.remove(index),
                () -> list.subList(0, 3).get(index),
                () -> list.subList(0, 3).set(index, 1),
                () -> list.subList(0, 3).remove(index)));
        if (index != 3) {
            calls.add(() -> list.add(index, 1));
            calls.add(() -> list.addAll(index, List.of(1)));
            calls.add(() -> list.addAll(index, List.of()));
            calls.add(() -> list.listIterator(index));
            calls.add(() -> list.subList(0, 3).add(index, 1));
            calls.add(() -> list.subList(0, 3).addAll(index, List.of(1)));
            calls.add(() -> list.subList(0, 3).listIterator(index));
        }
        for (Runnable call : calls) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, " " + index + ":", "3 elements");
        }
        assertThat(list).containsExactly(1, 2, 3);
    }

    @Test
    void countsFromTheEndOnlyWhereItSaysSo() {
        list.populate(List.of(1, 2, 3));
        assertThat(list.at(-1)).isEqualTo(3);
        assertThat(list.at(-3)).isEqualTo(1);
        for (int index : List.of(-4, 3, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> list.at(index))
                    .withMessageContainingAll(key, "" + index, "3 elements");
        }
    }

    @Test
    void saysWhichRangeIsWrong() {
        list.populate(List.of(1, 2, 3));
        for (List<Integer> range : List.of(List.of(-1, 2), List.of(0, 4), List.of(2, 1))) {
            for (List<Integer> some : List.of(list, list.subList(0, 3))) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> some.subList(range.get(0), range.get(1)))
                        .withMessageContainingAll(
                                key, "from index " + range.get(0), "to " + range.get(1), "3 elements");
            }
        }
    }

    @Test
    void namesTheKeyWhenThereIsNoFirstOrLast() {
        for (Runnable call : List.<Runnable>of(list::getFirst, list::getLast, list::removeFirst, list::removeLast)) {
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(key);
        }
        list.addFirst(2);
        list.addFirst(1);
        list.addLast(3);
        assertThat(list.getFirst()).isEqualTo(1);
        assertThat(list.getLast()).isEqualTo(3);
        assertThat(list.removeFirst()).isEqualTo(1);
        assertThat(list.removeLast()).isEqualTo(3);
        assertThat(list).containsExactly(2);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call("size", List::size),
                call("get", each -> each.get(0)),
                call("get below zero", each -> each.get(-1)),
                call("at", each -> each.at(-1)),
                call("set", each -> each.set(0, 1)),
                call("add", each -> each.add(1)),
                call("add at", each -> each.add(0, 1)),
                call("addAll", each -> each.addAll(List.of(1))),
                call("addAll at", each -> each.addAll(0, List.of(1))),
                call("remove at", each -> each.remove(0)),
                call("remove", each -> each.remove((Object) 1)),
                call("removeAll", each -> each.removeAll(List.of(1))),
                call("retainAll", each -> each.retainAll(List.of(1))),
                call("removeIf", each -> each.removeIf(i -> true)),
                call("replaceAll", each -> each.replaceAll(i -> i)),
                call("sort", each -> each.sort()),
                call("reverse", RedisList::reverse),
                call("clear", List::clear),
                call("getFirst", each -> each.getFirst()),
                call("getLast", each -> each.getLast()),
                call("addFirst", each -> each.addFirst(1)),
                call("addLast", each -> each.addLast(1)),
                call("removeFirst", each -> each.removeFirst()),
                call("removeLast", each -> each.removeLast()),
                call("contains", each -> each.contains(1)),
                call("containsAll", each -> each.containsAll(List.of(1))),
                call("indexOf", each -> each.indexOf(1)),
                call("lastIndexOf", each -> each.lastIndexOf(1)),
                call("count", each -> each.count(1)),
                call("slice", each -> each.slice(Slice.all())),
                call("slice of bounds", each -> each.slice(Slice.of(0, 2))),
                call("setSlice", each -> each.setSlice(Slice.all(), List.of(1))),
                call("setSlice with a step", each -> each.setSlice(Slice.all().step(2), List.of(1))),
                call("deleteSlice", each -> each.deleteSlice(Slice.all())),
                call("toList", RedisList::toList),
                call("toArray", List::toArray),
                call("iterator", each -> each.iterator().hasNext()),
                call("listIterator", each -> each.listIterator(1)),
                call("listIterator().add", each -> each.listIterator().add(1)),
                call("subList", each -> each.subList(0, 1)),
                call("equals", each -> each.equals(List.of(1))),
                call("hashCode", List::hashCode),
                call("toString", List::toString),
                call("stream", each -> each.stream().toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void namesTheKeyThatHoldsAnotherType(String name, Consumer<RedisList<Integer>> call) {
        redis.execute("SET", key, "text");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(list))
                .withMessageContainingAll(key, "Expected a list", "found a string");
        assertThat(redis.execute("GET", key)).isEqualTo("text");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("set", each -> each.set(0, 1)),
                change("add", each -> each.add(1)),
                change("add at the head", each -> each.add(0, 1)),
                change("add in the middle", each -> each.add(5, 1)),
                change("add at the end", each -> each.add(10, 1)),
                change("addAll", each -> each.addAll(List.of(1, 2))),
                change("addAll at the head", each -> each.addAll(0, List.of(1, 2))),
                change("addAll near the head", each -> each.addAll(3, List.of(1, 2))),
                change("addAll near the end", each -> each.addAll(7, List.of(1, 2))),
                change("remove first", each -> each.remove(0)),
                change("remove near the head", each -> each.remove(3)),
                change("remove near the end", each -> each.remove(7)),
                change("remove last", each -> each.remove(9)),
                change("remove", each -> each.remove((Object) 4)),
                change("removeAll", each -> each.removeAll(List.of(1, 2))),
                change("retainAll", each -> each.retainAll(List.of(1, 2))),
                change("removeIf", each -> each.removeIf(i -> i % 2 == 0)),
                change("replaceAll", each -> each.replaceAll(i -> i + 1)),
                change("sort", each -> each.sort(Comparator.reverseOrder())),
                change("reverse", RedisList::reverse),
                change("addFirst", each -> each.addFirst(1)),
                change("addLast", each -> each.addLast(1)),
                change("removeFirst", each -> each.removeFirst()),
                change("removeLast", each -> each.removeLast()),
                change("setSlice of all", each -> each.setSlice(Slice.all(), List.of(7, 8))),
                change("setSlice of the head", each -> each.setSlice(Slice.to(3), List.of(7, 8))),
                change("setSlice of the end", each -> each.setSlice(Slice.from(-3), List.of(7, 8))),
                change("setSlice in the middle", each -> each.setSlice(Slice.of(4, 6), List.of(7))),
                change("setSlice with a step", each -> each.setSlice(Slice.all().step(5), List.of(7, 8))),
                change("deleteSlice of the head", each -> each.deleteSlice(Slice.to(3))),
                change("deleteSlice of the end", each -> each.deleteSlice(Slice.from(-3))),
                change(
                        "deleteSlice with a step",
                        each -> each.deleteSlice(Slice.all().step(-2))),
                change("iterator().remove", each -> {
                    Iterator<Integer> iterator = each.iterator();
                    iterator.next();
                    iterator.remove();
                }),
                change("listIterator().add", each -> each.listIterator(4).add(1)),
                change("listIterator().set", each -> {
                    ListIterator<Integer> iterator = each.listIterator(4);
                    iterator.previous();
                    iterator.set(77);
                }),
                change("subList().add", each -> each.subList(2, 5).add(1)),
                change("subList().addAll", each -> each.subList(2, 5).addAll(1, List.of(1, 2))),
                change("subList().set", each -> each.subList(2, 5).set(0, 1)),
                change("subList().remove at", each -> each.subList(2, 5).remove(0)),
                change("subList().remove", each -> each.subList(2, 5).remove((Object) 3)),
                change("subList().removeAll", each -> each.subList(2, 5).removeAll(List.of(3))),
                change("subList().retainAll", each -> each.subList(2, 5).retainAll(List.of(3))),
                change("subList().removeIf", each -> each.subList(2, 5).removeIf(i -> i == 3)),
                change("subList().replaceAll", each -> each.subList(2, 5).replaceAll(i -> 1)),
                change("subList().sort", each -> each.subList(2, 5).sort(Comparator.reverseOrder())),
                change("subList().clear", each -> each.subList(2, 5).clear()),
                change("subList().clear at the head", each -> each.subList(0, 5).clear()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void keepsItsTimeToLiveThroughEveryChange(String name, Consumer<RedisList<Integer>> change) {
        list.populate(range(10));
        list.expire(Duration.ofHours(1));
        change.accept(list);
        assertThat(list.toList()).isNotEqualTo(range(10)).isNotEmpty();
        assertThat(list.timeToLive())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changesAlikeWithAMaximum(String name, Consumer<RedisList<Integer>> change) {
        RedisList<Integer> other = pottery.list(TestRedis.freshKey(), Integer.class);
        list.populate(range(10));
        other.populate(range(10));
        change.accept(list);
        change.accept(pottery.deque(other.key(), Integer.class, 1_000).asList());
        assertThat(other).isEqualTo(list);
    }

    @Test
    void takesNoNullButAnswersForIt() {
        list.populate(List.of(1, 2));
        List<Integer> withNull = Arrays.asList(3, null);
        ListIterator<Integer> iterator = list.listIterator();
        iterator.next();
        for (Runnable call : List.<Runnable>of(
                () -> list.add(null),
                () -> list.add(1, null),
                () -> list.set(0, null),
                () -> list.addAll(withNull),
                () -> list.addAll(1, withNull),
                () -> list.setSlice(Slice.all(), withNull),
                () -> list.replaceAll(i -> null),
                () -> list.addFirst(null),
                () -> list.addLast(null),
                () -> iterator.add(null),
                () -> iterator.set(null),
                () -> list.subList(0, 1).add(null),
                () -> list.subList(0, 1).replaceAll(i -> null),
                () -> pottery.list(TestRedis.freshKey(), Integer.class).populate(withNull))) {
            assertThatNullPointerException().isThrownBy(call::run).withMessageContaining("must not be null");
        }
        assertThat(list.contains(null)).isFalse();
        assertThat(list.containsAll(Collections.singleton(null))).isFalse();
        assertThat(list.indexOf(null)).isEqualTo(-1);
        assertThat(list.lastIndexOf(null)).isEqualTo(-1);
        assertThat(list.count(null)).isZero();
        assertThat(list.remove(null)).isFalse();
        assertThat(list.removeAll(Collections.singleton(null))).isFalse();
        assertThat(list.subList(0, 2).contains(null)).isFalse();
        assertThat(list.subList(0, 2).remove(null)).isFalse();
        assertThat(list.toList()).containsExactly(1, 2);
        assertThat(list.retainAll(Collections.singleton(null))).isTrue();
        assertThat(list).isEmpty();
    }

    @Test
    void findsNothingOfAnotherType() {
        list.populate(List.of(1));
        assertThat(list.contains("1")).isFalse();
        assertThat(list.indexOf(1L)).isEqualTo(-1);
        assertThat(list.lastIndexOf(1.0)).isEqualTo(-1);
        assertThat(list.remove("1")).isFalse();
        assertThat(list.removeAll(List.of("1", 1L))).isFalse();
        assertThat(list.containsAll(List.of(1, "1"))).isFalse();
    }

    @Test
    void showsNullOfOthers() {
        redis.execute("RPUSH", key, "null", "1", "null");
        assertThat(list.get(0)).isNull();
        assertThat(list.getFirst()).isNull();
        assertThat(list.toList()).containsExactly(null, 1, null);
        assertThat(new ArrayList<>(list)).containsExactly(null, 1, null);
        assertThat(list.equals(Arrays.asList(null, 1, null))).isTrue();
        assertThat(list).hasToString("[null, 1, null]");
        assertThat(list.set(0, 5)).isNull();
        assertThat(list.removeLast()).isNull();
        redis.execute("RPUSH", key, "null");
        list.removeIf(element -> element == null);
        assertThat(list.toList()).containsExactly(5, 1);
        redis.execute("RPUSH", key, "null");
        ListIterator<Integer> iterator = list.listIterator(3);
        assertThat(iterator.previous()).isNull();
        iterator.set(9);
        assertThat(list.toList()).containsExactly(5, 1, 9);
    }

    @Test
    void worksAroundElementsThatCannotBeRead() {
        redis.execute("RPUSH", key, "1", "", "secret-canary", "2", "\"text\"");
        assertThat(list.get(3)).isEqualTo(2);
        for (int index : List.of(1, 2, 4)) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> list.get(index))
                    .withMessageContaining(key)
                    .satisfies(e -> assertThat(e).hasStackTraceContaining(key))
                    .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("secret-canary"));
        }
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(list::toList);
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> list.sort());
        assertThat(list.indexOf(2)).isEqualTo(3);

        Iterator<Integer> iterator = list.iterator();
        List<Integer> read = new ArrayList<>();
        int unreadable = 0;
        while (iterator.hasNext()) {
            try {
                read.add(iterator.next());
            } catch (UndecodableValueException e) {
                iterator.remove();
                unreadable++;
            }
        }
        assertThat(read).containsExactly(1, 2);
        assertThat(unreadable).isEqualTo(3);
        assertThat(list).containsExactly(1, 2);
    }

    @Test
    void removesNothingElseThanAnEmptyElementThatItHasShown() {
        redis.execute("RPUSH", key, "", "7");
        ListIterator<Integer> iterator = list.listIterator();
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(iterator::next);
        redis.execute("LPOP", key);
        assertThatIllegalStateException().isThrownBy(() -> iterator.set(1));
        iterator.remove();
        assertThat(list).containsExactly(7);
    }

    @Test
    void saysThatACallIsDoneWhoseResultCannotBeRead() {
        redis.execute("RPUSH", key, "x", "x", "x", "x", "1");
        for (Runnable call : List.<Runnable>of(
                () -> list.set(0, 5),
                () -> list.remove(1),
                () -> list.remove(1),
                () -> list.subList(0, 2).remove(1))) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "was replaced or removed as asked");
        }
        assertThat(list).containsExactly(5, 1);
    }

    @Test
    void storesNothingThatCannotBeWritten() {
        RedisList<Object> objects = pottery.list(key, Object.class);
        List<Object> elements = List.of(1, Map.of("rate", Double.NaN));
        for (Runnable call : List.<Runnable>of(
                () -> objects.addAll(elements),
                () -> objects.add(Double.NaN),
                () -> objects.setSlice(Slice.all(), elements),
                () -> objects.populate(elements))) {
            assertThatExceptionOfType(UnencodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(key);
        }
        assertThat(objects).isEmpty();
        assertThat(objects.contains(Double.NaN)).isFalse();
    }

    @Test
    void takesItselfForAnArgument() {
        list.populate(List.of(1, 2, 2));
        assertThat(list.containsAll(list)).isTrue();
        list.addAll(list);
        assertThat(list.toList()).containsExactly(1, 2, 2, 1, 2, 2);
        list.addAll(1, list.subList(0, 2));
        assertThat(list.toList()).containsExactly(1, 1, 2, 2, 2, 1, 2, 2);
        list.setSlice(Slice.all(), list);
        assertThat(list).hasSize(8);
        list.setSlice(Slice.of(2, 8), list.subList(0, 3));
        assertThat(list.toList()).containsExactly(1, 1, 1, 1, 2);
        assertThat(list.retainAll(list)).isFalse();
        assertThat(list.removeAll(list)).isTrue();
        assertThat(list).isEmpty();
    }

    @Test
    void changesLargeListsInTheMiddle() {
        List<Integer> model = new ArrayList<>(range(25_000));
        list.populate(model);
        assertThat(list.toList()).isEqualTo(model);
        for (int index : List.of(0, 1, 8_000, 12_500, 17_000, 24_999, 25_000)) {
            list.add(index, -index);
            model.add(index, -index);
            list.addAll(index, range(1_500));
            model.addAll(index, range(1_500));
            assertThat(list.remove(index + 7)).isEqualTo(model.remove(index + 7));
            assertThat(list.set(index, 5)).isEqualTo(model.set(index, 5));
            list.setSlice(Slice.of(index, index + 900), range(2_100));
            model.subList(index, Math.min(index + 900, model.size())).clear();
            model.addAll(index, range(2_100));
            list.deleteSlice(Slice.of(index, index + 1_100));
            model.subList(index, Math.min(index + 1_100, model.size())).clear();
        }
        assertThat(list.toList()).isEqualTo(model);
        list.setSlice(Slice.all().step(-2), range((model.size() + 1) / 2));
        for (int i = 0; i < (model.size() + 1) / 2; i++) {
            model.set(model.size() - 1 - 2 * i, i);
        }
        assertThat(list.toList()).isEqualTo(model);
        assertThat(list.slice(Slice.of(4_000, 20_000).step(7)))
                .isEqualTo(IntStream.iterate(4_000, i -> i < 20_000, i -> i + 7)
                        .mapToObj(model::get)
                        .toList());
    }

    @Test
    void sortsFiltersAndReversesLargeLists() {
        List<Integer> model = new ArrayList<>(range(25_000));
        Collections.shuffle(model, new Random(1));
        list.populate(model);
        list.sort();
        assertThat(list.toList()).isEqualTo(range(25_000));
        list.reverse();
        assertThat(list.toList()).isEqualTo(reversed(range(25_000)));
        list.replaceAll(i -> i + 1);
        assertThat(list.removeIf(i -> i % 3 == 0)).isTrue();
        assertThat(list.removeAll(range(5_000))).isTrue();
        assertThat(list.retainAll(range(20_000))).isTrue();
        List<Integer> expected =
                IntStream.range(5_000, 20_000).filter(i -> i % 3 != 0).boxed().toList();
        assertThat(list.toList()).isEqualTo(reversed(expected));
    }

    @Test
    void iteratesOverLargeListsInBothDirections() {
        list.populate(range(25_000));
        assertThat(new ArrayList<>(list.stream().toList())).isEqualTo(range(25_000));
        List<Integer> seen = new ArrayList<>();
        for (ListIterator<Integer> iterator = list.listIterator(25_000); iterator.hasPrevious(); ) {
            assertThat(iterator.previousIndex()).isEqualTo(24_999 - seen.size());
            seen.add(iterator.previous());
        }
        assertThat(seen).isEqualTo(reversed(range(25_000)));
    }

    @Test
    void holdsLargeElements() {
        RedisList<String> texts = pottery.list(key, String.class);
        List<String> model = new ArrayList<>(
                IntStream.range(0, 30).mapToObj(i -> "x".repeat(200_000 + i)).toList());
        texts.addAll(model);
        assertThat(texts.toList().equals(model)).isTrue();
        texts.addAll(11, List.copyOf(model));
        model.addAll(11, List.copyOf(model));
        texts.reverse();
        Collections.reverse(model);
        texts.sort(Comparator.comparing(String::length));
        model.sort(Comparator.comparing(String::length));
        texts.removeIf(text -> text.length() % 3 == 0);
        model.removeIf(text -> text.length() % 3 == 0);
        assertThat(texts.toList().equals(model)).isTrue();
        assertThat(texts.indexOf(model.get(17))).isEqualTo(model.indexOf(model.get(17)));
    }

    @Test
    void refusesMoreThanOneStepTakes() {
        redis.execute(
                "EVAL",
                "local t = {} for i = 1, 1000 do t[i] = '1' end for i = 1, 1000 do redis.call('RPUSH', KEYS[1], unpack(t)) end"
                        + " redis.call('RPUSH', KEYS[1], '2')",
                "1",
                key);
        for (Runnable call : List.<Runnable>of(
                list::toList,
                list::hashCode,
                list::toArray,
                list::reverse,
                () -> list.equals(List.of(1)),
                () -> list.containsAll(List.of(1)),
                () -> list.slice(Slice.all()),
                () -> list.sort(),
                () -> list.replaceAll(i -> 2),
                () -> list.removeIf(i -> true),
                () -> list.removeAll(List.of(1)),
                () -> list.retainAll(List.of(1)))) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "1000001 elements", "limit 1000000");
        }
        assertThat(list).hasSize(1_000_001);
        assertThat(list.slice(Slice.from(-2))).containsExactly(1, 2);
        list.add(500_000, 3);
        assertThat(list.remove(500_000)).isEqualTo(3);
        list.setSlice(Slice.of(10, 12), List.of(7));
        assertThat(list.slice(Slice.of(9, 12))).containsExactly(1, 7, 1);
        assertThat(list.iterator().next()).isEqualTo(1);
        assertThat(list.toString()).endsWith(", ... 999000 more]");
        list.clear();
    }

    @Test
    void movesNoMoreThanOneStepTakes() {
        redis.execute(
                "EVAL",
                "local t = {} for i = 1, 1000 do t[i] = '1' end for i = 1, 2002 do redis.call('RPUSH', KEYS[1], unpack(t)) end",
                "1",
                key);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> list.addAll(1_001_000, List.of(1, 2)))
                .withMessageContainingAll(key, "1001000 elements", "limit 1000000");
        RedisDeque<Integer> deque = pottery.deque(key, Integer.class);
        redis.execute("LSET", key, "-1", "7");
        for (int steps : List.of(1_000_500, -1_000_500)) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> deque.rotate(steps))
                    .withMessageContainingAll(key, "1000500 elements", "limit 1000000");
            assertThat(deque.peekLast()).isEqualTo(7);
        }
        deque.rotate(2_002_001);
        assertThat(deque.peek()).isEqualTo(7);
        assertThat(list).hasSize(2_002_000);
        list.clear();
    }

    @Test
    void refusesToReplaceByMoreThanOneStepTakes() {
        RedisList<String> texts = pottery.list(key, String.class);
        List<String> tooMuch = Collections.nCopies(65, "x".repeat(1 << 20));
        for (Runnable call : List.<Runnable>of(
                () -> texts.populate(tooMuch),
                () -> texts.addAll(0, tooMuch),
                () -> texts.setSlice(Slice.all(), tooMuch))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "65 elements", "67108864");
        }
        assertThat(texts).isEmpty();
    }

    @Test
    void iteratesWhileOthersInsertAndRemoveBeforeTheCursor() {
        list.populate(range(5_000));
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            ListIterator<Integer> iterator = list.listIterator();
            int shown = 0;
            while (iterator.hasNext() && shown < 10_000) {
                iterator.next();
                if (++shown % 500 == 0) {
                    if (random.nextBoolean()) {
                        list.deleteSlice(Slice.to(random.nextInt(700)));
                    } else {
                        list.addAll(0, range(random.nextInt(700)));
                    }
                    iterator.hasNext();
                    if (random.nextBoolean()) {
                        iterator.hasPrevious();
                    }
                }
            }
            while (iterator.hasPrevious()) {
                iterator.previous();
            }
        }
    }

    @Test
    void endsWhenOthersClearTheListMeanwhile() {
        list.populate(range(3_000));
        ListIterator<Integer> iterator = list.listIterator(2_500);
        List<Integer> part = list.subList(1_000, 2_000);
        ListIterator<Integer> inPart = part.listIterator(900);
        list.clear();
        assertThat(iterator.hasNext()).isFalse();
        assertThat(iterator.hasPrevious()).isFalse();
        assertThat(iterator.nextIndex()).isZero();
        iterator.add(1);
        assertThat(part.stream().toList()).isEmpty();
        inPart.add(2);
        assertThat(inPart.hasNext()).isFalse();
        assertThat(inPart.nextIndex()).isEqualTo(1);
        assertThat(list.toList()).containsExactly(1, 2);
    }

    @Test
    void removesWhatItHasShownEvenIfThatHasMoved() {
        list.populate(range(10));
        ListIterator<Integer> iterator = list.listIterator(5);
        assertThat(iterator.next()).isEqualTo(5);
        list.addAll(0, List.of(-1, -2, -3));
        iterator.remove();
        assertThat(list.toList()).containsExactly(-1, -2, -3, 0, 1, 2, 3, 4, 6, 7, 8, 9);
        assertThat(iterator.next()).isEqualTo(6);
        list.deleteSlice(Slice.to(7));
        iterator.set(66);
        assertThat(list.toList()).containsExactly(4, 66, 7, 8, 9);
    }

    @Test
    void neverRemovesOrSetsAnotherValueThanItHasShown() {
        list.populate(range(10));
        ListIterator<Integer> iterator = list.listIterator(5);
        iterator.next();
        list.remove((Object) 5);
        iterator.remove();
        assertThat(list.toList()).containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9);
        assertThat(iterator.next()).isEqualTo(6);
        list.remove((Object) 6);
        assertThatIllegalStateException().isThrownBy(() -> iterator.set(1)).withMessageContaining(key);
        assertThat(list.toList()).containsExactly(0, 1, 2, 3, 4, 7, 8, 9);
    }

    @Test
    void removesAndSetsAcrossThePages() {
        list.populate(range(2_500));
        ListIterator<Integer> iterator = list.listIterator();
        IntStream.range(0, 1_000).forEach(i -> iterator.next());
        assertThat(iterator.hasNext()).isTrue();
        iterator.set(-999);
        iterator.remove();
        assertThat(iterator.next()).isEqualTo(1_000);
        assertThat(iterator.previous()).isEqualTo(1_000);
        assertThat(iterator.hasPrevious()).isTrue();
        iterator.remove();
        assertThat(iterator.next()).isEqualTo(1_001);
        iterator.forEachRemaining(i -> {});
        assertThat(iterator.hasNext()).isFalse();
        iterator.remove();
        assertThat(iterator.hasPrevious()).isTrue();
        assertThat(iterator.previous()).isEqualTo(2_498);
        assertThat(list).hasSize(2_497).doesNotContain(-999, 999, 1_000, 2_499);
    }

    @Test
    void addsAcrossThePages() {
        List<Integer> model = new ArrayList<>(range(2_500));
        list.populate(model);
        ListIterator<Integer> iterator = list.listIterator();
        ListIterator<Integer> expected = model.listIterator();
        for (ListIterator<Integer> each : List.of(iterator, expected)) {
            IntStream.range(0, 1_000).forEach(i -> each.next());
            each.hasNext();
            each.remove();
            each.add(-1);
            each.add(-2);
            each.hasPrevious();
            each.add(-3);
            each.previous();
            each.hasNext();
            each.add(-4);
            each.next();
            each.set(-5);
        }
        iterator.forEachRemaining(element -> assertThat(element).isEqualTo(expected.next()));
        assertThat(expected.hasNext()).isFalse();
        assertThat(list.toList()).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void iteratesInAllDirectionsAsAnArrayListDoes(long seed) {
        Random random = new Random(seed);
        List<Integer> model = new ArrayList<>(range(3_200));
        list.populate(model);
        boolean part = seed % 2 == 0;
        ListIterator<Integer> expected = part ? model.subList(100, 3_100).listIterator(990) : model.listIterator(990);
        ListIterator<Integer> iterator = part ? list.subList(100, 3_100).listIterator(990) : list.listIterator(990);
        boolean canChange = false;
        for (int step = 0; step < 2_500; step++) {
            assertThat(iterator.nextIndex()).isEqualTo(expected.nextIndex());
            int choice = random.nextInt(8);
            if (choice < 2) {
                boolean forward = random.nextInt(10) < 6;
                for (int i = random.nextInt(40); i >= 0; i--) {
                    if (forward && expected.hasNext()) {
                        assertThat(iterator.next()).isEqualTo(expected.next());
                        canChange = true;
                    } else if (!forward && expected.hasPrevious()) {
                        assertThat(iterator.previous()).isEqualTo(expected.previous());
                        canChange = true;
                    }
                }
            } else if (choice == 2) {
                expected.add(-step);
                iterator.add(-step);
                canChange = false;
            } else if (choice == 3 && canChange) {
                expected.remove();
                iterator.remove();
                canChange = false;
            } else if (choice == 4 && canChange) {
                expected.set(10_000 + step);
                iterator.set(10_000 + step);
            } else if (choice == 5) {
                assertThat(iterator.hasNext()).isEqualTo(expected.hasNext());
            } else if (choice == 6) {
                assertThat(iterator.hasPrevious()).isEqualTo(expected.hasPrevious());
            } else if (!canChange) {
                assertThatIllegalStateException().isThrownBy(iterator::remove);
                assertThatIllegalStateException().isThrownBy(() -> iterator.set(1));
            }
        }
        assertThat(list.toList()).isEqualTo(model);
    }

    @Test
    void livesInItsParts() {
        List<Integer> model = new ArrayList<>(range(20));
        list.populate(model);
        List<Integer> part = list.subList(5, 15);
        List<Integer> inner = part.subList(2, 8);
        List<Integer> modelPart = model.subList(5, 15);
        List<Integer> modelInner = modelPart.subList(2, 8);

        for (Consumer<List<Integer>> change : List.<Consumer<List<Integer>>>of(
                some -> some.add(50),
                some -> some.add(0, 51),
                some -> some.addAll(3, List.of(52, 53)),
                some -> some.set(1, 54),
                some -> some.remove(2),
                some -> some.remove((Object) 54),
                some -> some.sort(Comparator.reverseOrder()),
                some -> some.replaceAll(i -> i * 2),
                some -> some.removeIf(i -> i > 102),
                some -> some.removeAll(List.of(102)),
                some -> some.addAll(List.of(1, 2, 3, 1)),
                some -> assertThat(some.lastIndexOf(1)).isEqualTo(some.size() - 1),
                some -> assertThat(some.indexOf(1)).isEqualTo(some.size() - 4),
                some -> assertThat(some.contains(0)).isFalse(),
                some -> assertThat(some.containsAll(List.of(1, 2, 3))).isTrue(),
                some -> assertThat(some.containsAll(List.of(1, 19))).isFalse(),
                some -> some.retainAll(List.of(1, 2)),
                some -> some.listIterator(1).add(60),
                some -> some.subList(0, 2).clear(),
                some -> some.clear(),
                some -> some.add(70))) {
            change.accept(inner);
            change.accept(modelInner);
            assertThat(inner)
                    .isEqualTo(modelInner)
                    .hasSameHashCodeAs(modelInner)
                    .hasSameSizeAs(modelInner);
            assertThat(part).isEqualTo(modelPart).hasSameSizeAs(modelPart);
            assertThat(part.toArray()).isEqualTo(modelPart.toArray());
            assertThat(list.toList()).isEqualTo(model);
        }
    }

    @Test
    void removesFromAPartOnlyWhatIsInIt() {
        list.populate(List.of(1, 2, 1, 3, 1));
        List<Integer> part = list.subList(1, 4);
        assertThat(part.remove((Object) 1)).isTrue();
        assertThat(part.remove((Object) 1)).isFalse();
        assertThat(part.removeAll(List.of(1, 3))).isTrue();
        assertThat(list.toList()).containsExactly(1, 2, 1);
        assertThat(part).containsExactly(2);
    }

    @Test
    void showsWhatIsLeftOfAPartThatHasBecomeShorter() {
        list.populate(range(10));
        List<Integer> part = list.subList(2, 8);
        list.deleteSlice(Slice.from(5));
        assertThat(part.stream().toList()).containsExactly(2, 3, 4);
        assertThat(part.toArray()).containsExactly(2, 3, 4);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(part::clear)
                .withMessageContainingAll(key, "5 elements");
        assertThat(list).hasSize(5);
        assertThat(part.size()).isEqualTo(6);
    }

    @Test
    void isEqualToListsWithTheSameElements() {
        list.populate(List.of(1, 2, 3));
        RedisList<Integer> copy = pottery.list(TestRedis.freshKey(), Integer.class);
        copy.populate(list);
        assertThat(list).isEqualTo(copy).hasSameHashCodeAs(copy).isEqualTo(List.of(1, 2, 3));
        assertThat(List.of(1, 2, 3)).isEqualTo(list).hasSameHashCodeAs(list);
        assertThat(list.subList(0, 3)).isEqualTo(list);
        assertThat(list).isEqualTo(list.subList(0, 3));
        copy.add(4);
        assertThat(list).isNotEqualTo(copy).isNotEqualTo(List.of(3, 2, 1)).isNotEqualTo(Set.of(1, 2, 3));
        assertThat(list).isNotEqualTo(null);
    }

    @Test
    void isEqualToAnotherHandleOfTheSameKeyWithoutAskingRedis() {
        PotteryFactory refusing = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build();
        assertThat(refusing.list(key, Order.class).equals(pottery.list(key, Order.class)))
                .isTrue();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(
                        () -> refusing.list(key, Order.class).equals(pottery.list(TestRedis.freshKey(), Order.class)));
    }

    @Test
    void reportsWhatReadsOrMovesTheWholeList() {
        list.populate(List.of(1, 2, 3));
        PotteryFactory refusing = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build();
        RedisList<Integer> refused = refusing.list(key, Integer.class);
        for (Runnable call : List.<Runnable>of(
                refused::toList,
                refused::toArray,
                refused::iterator,
                refused::reverse,
                refused::hashCode,
                () -> refused.sort(),
                () -> refused.contains(1),
                () -> refused.containsAll(List.of(1)),
                () -> refused.indexOf(1),
                () -> refused.lastIndexOf(1),
                () -> refused.count(1),
                () -> refused.remove((Object) 1),
                () -> refused.removeAll(List.of(1)),
                () -> refused.retainAll(List.of(1)),
                () -> refused.removeIf(i -> true),
                () -> refused.replaceAll(i -> i),
                () -> refused.subList(0, 1).sort(null),
                () -> refused.subList(0, 1).remove((Object) 1))) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll("RedisList.", key, "O(n)");
        }
        assertThat(refused.get(0)).isEqualTo(1);
        assertThat(list).containsExactly(1, 2, 3);
    }

    @Test
    void isPrintedInPart() {
        assertThat(list).hasToString("[]");
        list.addAll(range(1_000));
        assertThat(list.toString().split(", ")).hasSize(1_000);
        list.addAll(range(234));
        assertThat(list.toString()).startsWith("[0, 1, ").endsWith(", 999, ... 234 more]");
    }

    @Test
    void sortsTextsAndWhateverElseCanBeCompared() {
        RedisList<String> texts = pottery.list(key, String.class);
        texts.populate(List.of("b", "c", "a", "B"));
        texts.expire(Duration.ofHours(1));
        texts.sort();
        assertThat(texts.toList()).containsExactly("B", "a", "b", "c");
        texts.sort(String.CASE_INSENSITIVE_ORDER);
        assertThat(texts.toList()).containsExactly("a", "B", "b", "c");
        assertThat(texts.timeToLive()).isPresent();

        RedisList<Order> orders = pottery.list(TestRedis.freshKey(), Order.class);
        orders.addAll(List.of(new Order(2, List.of()), new Order(1, List.of("tea"))));
        orders.sort(Comparator.comparing(Order::id));
        assertThat(orders).extracting(Order::id).containsExactly(1L, 2L);
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> orders.sort());
        assertThat(orders).hasSize(2);
    }

    @Test
    void beginsAnewIfAnythingChangedMeanwhile() {
        list.populate(List.of(3, 1, 2));
        list.sort(meddling(Comparator.naturalOrder(), () -> list.add(0)));
        assertThat(list.toList()).containsExactly(0, 1, 2, 3);
        list.sort(meddling(Comparator.reverseOrder(), list::removeLast));
        assertThat(list.toList()).containsExactly(2, 1, 0);
        list.setSlice(Slice.all(), List.of(0, 1, 2, 3));
        AtomicBoolean first = new AtomicBoolean(true);
        list.replaceAll(i -> {
            if (first.getAndSet(false)) {
                list.set(0, 10);
            }
            return i + 1;
        });
        assertThat(list.toList()).containsExactly(11, 2, 3, 4);
        first.set(true);
        List<Integer> part = list.subList(1, 3);
        part.removeIf(i -> {
            if (first.getAndSet(false)) {
                list.set(1, 7);
            }
            return i == 7 || i == 3;
        });
        assertThat(list.toList()).containsExactly(11, 4);
        assertThat(part).isEmpty();
    }

    private static Comparator<Integer> meddling(Comparator<Integer> order, Runnable meddler) {
        AtomicBoolean first = new AtomicBoolean(true);
        return (a, b) -> {
            if (first.getAndSet(false)) {
                meddler.run();
            }
            return order.compare(a, b);
        };
    }

    @Test
    void isWrittenAsAnArrayInsideOtherValues() {
        list.populate(List.of(1, 2));
        RedisList<Object> outer = pottery.list(TestRedis.freshKey(), Object.class);
        outer.add(Map.of("squares", list));
        assertThat(redis.execute("LINDEX", outer.key(), "0")).isEqualTo("{\"squares\": [1, 2]}");
    }

    private static Arguments call(String name, Consumer<RedisList<Integer>> call) {
        return arguments(name, call);
    }

    private static Arguments change(String name, Consumer<RedisList<Integer>> change) {
        return arguments(name, change);
    }

    private static List<Integer> range(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    private static List<Integer> reversed(List<Integer> list) {
        List<Integer> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void anIteratorOfAPartLeavesEqualElementsOutsideAlone() {
        RedisList<Integer> numbers = TestRedis.pottery().list(TestRedis.freshKey(), Integer.class);
        numbers.addAll(List.of(1, 2, 3, 4, 5));
        List<Integer> part = numbers.subList(3, 5);
        ListIterator<Integer> iterator = part.listIterator();
        assertThat(iterator.next()).isEqualTo(4);
        TestRedis.pottery().list(numbers.key(), Integer.class).setSlice(Slice.all(), List.of(4, 2, 3, 9, 5));
        assertThatIllegalStateException().isThrownBy(() -> iterator.set(7));
        iterator.remove();
        assertThat(numbers.toList()).containsExactly(4, 2, 3, 9, 5);
        assertThat(part).hasSize(2);
    }

    @Test
    void readsShortPartsOfVeryLongLists() {
        RedisList<Integer> numbers = TestRedis.pottery().list(TestRedis.freshKey(), Integer.class);
        TestRedis.fill(TestRedis.server(), "RPUSH", numbers.key(), 0, 1_500_000);
        assertThat(numbers.slice(Slice.from(1_499_998))).containsExactly(1_499_998, 1_499_999);
        assertThat(numbers.slice(Slice.of(-2, 1_499_999))).containsExactly(1_499_998);
        assertThat(numbers.slice(new Slice(null, 1_499_997, -1))).containsExactly(1_499_999, 1_499_998);
        assertThat(numbers.slice(Slice.from(1_490_000))).hasSize(10_000).endsWith(1_499_999);
        for (Runnable call : List.<Runnable>of(
                () -> numbers.slice(Slice.from(1)),
                () -> numbers.deleteSlice(Slice.all().step(2)),
                () -> numbers.setSlice(Slice.all().step(2), Collections.nCopies(750_000, 1)))) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(numbers.key(), "limit 1000000");
        }
        assertThat(numbers).hasSize(1_500_000);
        numbers.clear();
    }

    @Test
    void setsLongSlicesWithAStep() {
        RedisList<Integer> numbers = TestRedis.pottery().list(TestRedis.freshKey(), Integer.class);
        TestRedis.fill(TestRedis.server(), "RPUSH", numbers.key(), 0, 5_000);
        List<Integer> expected = new ArrayList<>(numbers);
        List<Integer> negative = IntStream.range(0, 1_500).map(i -> -i).boxed().toList();
        for (int i = 0; i < 1_500; i++) {
            expected.set(4_500 - 3 * i, -i);
        }
        numbers.setSlice(new Slice(4_500, 0, -3), negative);
        assertThat(numbers.toList()).isEqualTo(expected);
    }
}
