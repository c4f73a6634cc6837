package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.collection.RedisSet;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips of sets that docs/guarantees.md promises, counted on sets of 10,000 elements. */
class SetRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> calls() {
        List<Integer> thousand = numbered(0, 1_000);
        return Stream.of(
                call("add", 1, 1, (set, other) -> set.add(-1)),
                call("remove", 1, 1, (set, other) -> set.remove(1)),
                call("contains", 1, 1, (set, other) -> set.contains(1)),
                call("size", 1, 1, (set, other) -> set.size()),
                call("isEmpty", 1, 1, (set, other) -> set.isEmpty()),
                call("pollRandom", 1, 1, (set, other) -> set.pollRandom()),
                call("randomElement", 1, 1, (set, other) -> set.randomElement()),
                call("clear", 1, 3, (set, other) -> set.clear()),
                call("containsMany of 1,000", 1, 1, (set, other) -> set.containsMany(thousand)),
                call("containsMany of 10,000", 10, 10, (set, other) -> set.containsMany(numbered(0, 10_000))),
                call("containsAll of 1,000", 1, 3, (set, other) -> set.containsAll(thousand)),
                call("addAll of 1,000", 1, 1, (set, other) -> set.addAll(thousand)),
                call("addAll of 10,000", 10, 10, (set, other) -> set.addAll(numbered(0, 10_000))),
                call("addAll of a set", 1, 13, (set, other) -> set.addAll(other)),
                call("removeAll of 1,000", 1, 1, (set, other) -> set.removeAll(thousand)),
                call("removeAll of a set", 1, 13, (set, other) -> set.removeAll(other)),
                call("retainAll of 1,000", 1, 8, (set, other) -> set.retainAll(thousand)),
                call("retainAll of a set", 1, 6, (set, other) -> set.retainAll(other)),
                call("removeIf, some", 2, 18, (set, other) -> set.removeIf(element -> element == 1)),
                call("removeIf, none", 1, 3, (set, other) -> set.removeIf(element -> element < 0)),
                call("union of sets", 2, 4, (set, other) -> set.union(other)),
                call("intersection of sets", 2, 4, (set, other) -> set.intersection(other)),
                call("difference of sets", 2, 4, (set, other) -> set.difference(other)),
                call("symmetricDifference of sets", 1, 5, (set, other) -> set.symmetricDifference(other)),
                call("union with a list", 2, 3, (set, other) -> set.union(thousand)),
                call("intersection with a list", 1, 1, (set, other) -> set.intersection(thousand)),
                call("difference with a list", 2, 3, (set, other) -> set.difference(thousand)),
                call("unionInto", 1, 5, (set, other) -> set.unionInto(set, other)),
                call("intersectionInto", 1, 5, (set, other) -> set.intersectionInto(set, other)),
                call("differenceInto", 1, 5, (set, other) -> set.differenceInto(set, other)),
                call("symmetricDifferenceInto", 1, 21, (set, other) -> set.symmetricDifferenceInto(set, other)),
                call("isDisjoint with a set", 1, 25, (set, other) -> set.isDisjoint(other)),
                call("isSubsetOf a set", 1, 25, (set, other) -> set.isSubsetOf(other)),
                call("isSupersetOf a set", 1, 25, (set, other) -> set.isSupersetOf(other)),
                call("isSubsetOf 1,000", 1, 3, (set, other) -> set.isSubsetOf(thousand)),
                call("isDisjoint with 1,000", 1, 3, (set, other) -> set.isDisjoint(thousand)),
                call("equals a set", 1, 25, (set, other) -> set.equals(other)),
                call("toSet", 2, 3, (set, other) -> set.toSet()),
                call("hashCode", 2, 3, (set, other) -> set.hashCode()),
                call("toString", 2, 2, (set, other) -> set.toString()),
                call("iterating", 10, 10, (set, other) -> set.forEach(element -> {})));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("calls")
    void staysWithinItsRoundTrips(String call, Traffic limit, BiConsumer<RedisSet<Integer>, RedisSet<Integer>> work) {
        work.accept(filled(0), filled(5_000));
        RedisSet<Integer> set = filled(0);
        RedisSet<Integer> other = filled(5_000);

        Traffic traffic = redis.count(() -> work.accept(set, other));

        assertThat(traffic.messages()).as("messages").isBetween(1, limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    private static RedisSet<Integer> filled(int from) {
        RedisSet<Integer> set = redis.pottery().set(TestRedis.freshKey(), Integer.class);
        set.addAll(numbered(from, from + 10_000));
        return set;
    }

    private static List<Integer> numbered(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Arguments call(
            String name, int messages, int commands, BiConsumer<RedisSet<Integer>, RedisSet<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }
}
