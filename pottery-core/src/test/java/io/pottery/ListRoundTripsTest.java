package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisList;
import io.pottery.collection.Slice;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips of lists and deques, counted; each list has 10,000 elements, the number of its index each. */
class ListRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> list() {
        return Stream.of(
                list("size", 1, 1, list -> list.size()),
                list("isEmpty", 1, 1, list -> list.isEmpty()),
                list("get", 1, 1, list -> list.get(5_000)),
                list("at", 1, 1, list -> list.at(-1)),
                list("getFirst", 1, 1, list -> list.getFirst()),
                list("getLast", 1, 1, list -> list.getLast()),
                list("add", 1, 1, list -> list.add(1)),
                list("addLast", 1, 1, list -> list.addLast(1)),
                list("addFirst", 1, 3, list -> list.addFirst(1)),
                list("removeFirst", 1, 1, list -> list.removeFirst()),
                list("removeLast", 1, 1, list -> list.removeLast()),
                list("addAll of 1,000", 1, 1, list -> list.addAll(numbered(1_000))),
                list("addAll of 10,000", 10, 10, list -> list.addAll(numbered(10_000))),
                list("set", 1, 3, list -> list.set(5_000, 1)),
                list("add at an index", 1, 6, list -> list.add(5_000, 1)),
                list("addAll at an index", 1, 10, list -> list.addAll(5_000, numbered(1_000))),
                list("remove at an index", 1, 5, list -> list.remove(5_000)),
                list("remove", 1, 1, list -> list.remove((Object) 5_000)),
                list("contains", 1, 1, list -> list.contains(-1)),
                list("indexOf", 1, 1, list -> list.indexOf(9_999)),
                list("lastIndexOf", 1, 1, list -> list.lastIndexOf(0)),
                list("count", 1, 1, list -> list.count(5)),
                list("containsAll", 2, 3, list -> list.containsAll(numbered(1_000))),
                list("removeAll", 1, 13, list -> list.removeAll(numbered(1_000))),
                list("retainAll", 1, 13, list -> list.retainAll(numbered(1_000))),
                list("removeIf", 3, 15, list -> list.removeIf(i -> i % 2 == 0)),
                list("removeIf, none", 2, 3, list -> list.removeIf(i -> i < 0)),
                list("replaceAll", 3, 17, list -> list.replaceAll(i -> i + 1)),
                list("sort", 3, 17, list -> list.sort(Comparator.reverseOrder())),
                list("sort, sorted already", 2, 3, list -> list.sort()),
                list("reverse", 1, 14, list -> list.reverse()),
                list("slice", 2, 3, list -> list.slice(Slice.all().step(-2))),
                list(
                        "slice between bounds",
                        1,
                        1,
                        list -> list.slice(Slice.of(100, 200).step(3))),
                list("slice from the end", 1, 1, list -> list.slice(Slice.from(-10))),
                list("setSlice", 1, 10, list -> list.setSlice(Slice.of(5_000, 6_000), numbered(2_000))),
                list("setSlice of all", 1, 13, list -> list.setSlice(Slice.all(), numbered(10_000))),
                list(
                        "setSlice with a step",
                        1,
                        102,
                        list -> list.setSlice(Slice.all().step(100), numbered(100))),
                list("deleteSlice", 1, 10, list -> list.deleteSlice(Slice.of(5_000, 6_000))),
                list(
                        "deleteSlice with a step",
                        1,
                        14,
                        list -> list.deleteSlice(Slice.all().step(2))),
                list("clear", 1, 3, list -> list.clear()),
                list("toList", 2, 3, list -> list.toList()),
                list("toArray", 2, 3, list -> list.toArray()),
                list("equals", 2, 3, list -> list.equals(List.of(1))),
                list("hashCode", 2, 3, list -> list.hashCode()),
                list("toString", 2, 2, list -> list.toString()),
                list("iterating", 11, 11, list -> list.forEach(element -> {})),
                list("streaming", 11, 11, list -> list.stream().forEach(element -> {})),
                list("iterating backwards", 11, 11, list -> {
                    for (ListIterator<Integer> iterator = list.listIterator(10_000); iterator.hasPrevious(); ) {
                        iterator.previous();
                    }
                }),
                list("adding 500 while iterating", 511, 3_011, list -> {
                    ListIterator<Integer> iterator = list.listIterator();
                    while (iterator.hasNext()) {
                        if (iterator.next() % 20 == 10) {
                            iterator.add(-1);
                        }
                    }
                }),
                list("removing 500 while iterating", 511, 3_011, list -> {
                    Iterator<Integer> iterator = list.iterator();
                    while (iterator.hasNext()) {
                        if (iterator.next() % 20 == 10) {
                            iterator.remove();
                        }
                    }
                }),
                list("subList", 1, 1, list -> list.subList(1, 9_000)),
                list("subList().get", 2, 2, list -> list.subList(1, 9_000).get(5)),
                list("subList().indexOf", 2, 2, list -> list.subList(1, 9_000).indexOf(5)),
                list(
                        "subList().containsAll",
                        2,
                        2,
                        list -> list.subList(1, 9_000).containsAll(numbered(5))),
                list("subList().remove", 3, 20, list -> list.subList(1, 9_000).remove((Object) 7)),
                list("subList().clear", 2, 8, list -> list.subList(1, 9_000).clear()),
                list("subList().sort", 3, 20, list -> list.subList(1, 9_000).sort(Comparator.reverseOrder())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("list")
    void listsStayWithinTheirRoundTrips(String call, Traffic limit, Consumer<RedisList<Integer>> work) {
        work.accept(filled().asList());
        RedisList<Integer> list = redis.pottery().list(filled().key(), Integer.class);
        assertThatItStaysWithin(limit, () -> work.accept(list));
    }

    static Stream<Arguments> deque() {
        return Stream.of(
                deque("get", 1, 1, deque -> deque.get(-1)),
                deque("addFirst", 1, 1, deque -> deque.addFirst(1)),
                deque("addLast", 1, 1, deque -> deque.addLast(1)),
                deque("offer", 1, 1, deque -> deque.offer(1)),
                deque("push", 1, 1, deque -> deque.push(1)),
                deque("pop", 1, 1, deque -> deque.pop()),
                deque("poll", 1, 1, deque -> deque.poll()),
                deque("pollLast", 1, 1, deque -> deque.pollLast()),
                deque("peek", 1, 1, deque -> deque.peek()),
                deque("peekLast", 1, 1, deque -> deque.peekLast()),
                deque("addAll of 1,000", 1, 1, deque -> deque.addAll(numbered(1_000))),
                deque("addAllFirst of 10,000", 10, 10, deque -> deque.addAllFirst(numbered(10_000))),
                deque(
                        "bounded addLast",
                        1,
                        4,
                        deque -> deque.withMaxLength(10_000).addLast(1)),
                deque(
                        "bounded addFirst",
                        1,
                        4,
                        deque -> deque.withMaxLength(10_000).addFirst(1)),
                deque(
                        "bounded addAll of 10,000",
                        1,
                        13,
                        deque -> deque.withMaxLength(10_000).addAll(numbered(10_000))),
                deque("contains", 1, 1, deque -> deque.contains(5)),
                deque("containsAll", 2, 3, deque -> deque.containsAll(numbered(1_000))),
                deque("removeLastOccurrence", 1, 1, deque -> deque.removeLastOccurrence(5)),
                deque("removeAll", 1, 13, deque -> deque.removeAll(numbered(1_000))),
                deque("retainAll", 1, 13, deque -> deque.retainAll(numbered(1_000))),
                deque("removeIf", 3, 15, deque -> deque.removeIf(i -> i % 2 == 0)),
                deque("rotate", 1, 4, deque -> deque.rotate(10)),
                deque("rotate by half", 1, 12, deque -> deque.rotate(5_000)),
                deque("iterating", 11, 11, deque -> deque.forEach(element -> {})),
                deque(
                        "iterating backwards",
                        11,
                        11,
                        deque -> deque.descendingIterator().forEachRemaining(element -> {})),
                deque("toList", 2, 3, deque -> deque.toList()),
                deque("clear", 1, 3, deque -> deque.clear()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("deque")
    void dequesStayWithinTheirRoundTrips(String call, Traffic limit, Consumer<RedisDeque<Integer>> work) {
        work.accept(filled());
        RedisDeque<Integer> deque = filled();
        assertThatItStaysWithin(limit, () -> work.accept(deque));
    }

    @Test
    void populatingTakesOneRoundTrip() {
        redis.pottery().list(TestRedis.freshKey(), Integer.class).populate(List.of(1));
        RedisList<Integer> list = redis.pottery().list(TestRedis.freshKey(), Integer.class);
        assertThatItStaysWithin(new Traffic(1, 12), () -> list.populate(numbered(10_000)));
    }

    @Test
    void nothingIsSentToAddNothingOrToFindWhatCannotBeThere() {
        RedisDeque<Integer> deque = filled();
        assertThat(redis.count(() -> {
                    deque.addAll(List.of());
                    deque.addAllFirst(List.of());
                    deque.asList().containsAll(List.of("text"));
                    deque.contains("text");
                    deque.remove("text");
                    deque.withMaxLength(5);
                }))
                .isEqualTo(new Traffic(0, 0));
    }

    private static void assertThatItStaysWithin(Traffic limit, Runnable work) {
        Traffic traffic = redis.count(work);
        assertThat(traffic.messages()).as("messages").isBetween(1, limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    private static RedisDeque<Integer> filled() {
        RedisDeque<Integer> deque = redis.pottery().deque(TestRedis.freshKey(), Integer.class);
        deque.addAll(numbered(10_000));
        return deque;
    }

    private static List<Integer> numbered(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    private static Arguments list(String name, int messages, int commands, Consumer<RedisList<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }

    private static Arguments deque(String name, int messages, int commands, Consumer<RedisDeque<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }
}
