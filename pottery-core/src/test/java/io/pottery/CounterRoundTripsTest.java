package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.collection.CachedOrderedDict;
import io.pottery.collection.RedisCounter;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips that docs/guarantees.md promises for counters and cached dicts, counted. */
class CounterRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> counters() {
        Map<Integer, Long> thousand = numbered(1_000);
        return Stream.of(
                counter("count", 1, 1, counter -> counter.count(1)),
                counter("increment", 1, 1, counter -> counter.increment(1)),
                counter("increment, absent", 1, 1, counter -> counter.increment(-1, 7)),
                counter("decrement", 1, 1, counter -> counter.decrement(1, 2)),
                counter("increment of a float", 3, 5, counter -> counter.increment(-2)),
                counter("addAll of 1,000 elements", 1, 1_002, counter -> counter.addAll(thousand.keySet())),
                counter("addAll of 1,000 counts", 1, 1_002, counter -> counter.addAll(thousand)),
                counter("subtract of 1,000 counts", 1, 1_002, counter -> counter.subtract(thousand)),
                counter("addAll to a float", 3, 10, counter -> counter.addAll(List.of(-2, 1))),
                counter("total of 2,000", 2, 3, counter -> counter.total()),
                counter("mostCommon of 2,000", 2, 3, counter -> counter.mostCommon(3)),
                counter("elements of 2,000", 2, 3, counter -> counter.elements().count()),
                counter("plus of 2,000", 2, 3, counter -> counter.plus(thousand)),
                counter("isSubsetOf of 2,000", 2, 3, counter -> counter.isSubsetOf(thousand)),
                counter("plusInPlace of 2,000", 2, 5_009, counter -> counter.plusInPlace(thousand)),
                counter("unionInPlace, nothing to change", 1, 3, counter -> counter.unionInPlace(Map.of(5, 1L))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counters")
    void countersStayWithinTheirRoundTrips(String call, Traffic limit, Consumer<RedisCounter<Integer>> work) {
        work.accept(filled());
        RedisCounter<Integer> counter = filled();

        Traffic traffic = redis.count(() -> work.accept(counter));

        assertThat(traffic.messages()).as("messages").isBetween(1, limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    static Stream<Arguments> cached() {
        Map<Integer, Long> thousand = numbered(1_000);
        return Stream.of(
                cached("get, size, iterating, misses", 0, 0, dict -> {
                    dict.get(1);
                    dict.get(-1);
                    dict.size();
                    dict.forEach((key, value) -> {});
                    dict.misses();
                    dict.putIfAbsent(1, 5L);
                    dict.computeIfAbsent(1, key -> 5L);
                }),
                cached("put", 1, 3, dict -> dict.put(1, 2L)),
                cached("putAll of 1,000", 1, 3, dict -> dict.putAll(thousand)),
                cached("putAll of none", 0, 0, dict -> dict.putAll(Map.of())),
                cached("putIfAbsent", 1, 4, dict -> dict.putIfAbsent(-1, 2L)),
                cached("computeIfAbsent", 1, 4, dict -> dict.computeIfAbsent(-1, key -> 2L)),
                cached("hydrate", 1, 4, dict -> dict.hydrate(missing -> Map.of(-1, 1L, -2, 2L))),
                cached("hydrate, nothing found", 0, 0, dict -> dict.hydrate(missing -> Map.of())),
                cached("replaceAll of 500", 1, 3, dict -> dict.replaceAll((key, value) -> value + 1)),
                cached("remove", 1, 1, dict -> dict.remove(1)),
                cached("keySet().removeAll", 1, 1, dict -> dict.keySet().removeAll(List.of(1, 2, 3))),
                cached("values().removeIf", 1, 1, dict -> dict.values().removeIf(value -> value > 5)),
                cached("entrySet().retainAll", 1, 1, dict -> dict.entrySet().retainAll(List.of())),
                cached("clear", 1, 1, CachedOrderedDict::clear));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cached")
    void cachedDictsStayWithinTheirRoundTrips(
            String call, Traffic limit, Consumer<CachedOrderedDict<Integer, Long>> work) {
        work.accept(open());
        CachedOrderedDict<Integer, Long> dict = open();

        Traffic traffic = redis.count(() -> work.accept(dict));

        assertThat(traffic.messages()).as("messages").isEqualTo(limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(limit.messages(), limit.commands());
    }

    @Test
    void aCachedDictIsOpenedWithOneRead() {
        String key = TestRedis.freshKey();
        redis.pottery().dict(key, Integer.class, Long.class).putAll(numbered(500));
        assertThat(redis.count(() -> open(key, numbered(1_000)))).isEqualTo(new Traffic(1, 1));
        assertThat(redis.count(() -> open(key, Map.of()))).isEqualTo(new Traffic(0, 0));
    }

    @Test
    void aCounterIsPopulatedInOneStep() {
        counter().populate(List.of(1));
        RedisCounter<Integer> counter = counter();
        assertThat(redis.count(() -> counter.populate(List.of(1, 2, 2)))).isEqualTo(new Traffic(1, 3));
    }

    private static RedisCounter<Integer> filled() {
        RedisCounter<Integer> counter = counter();
        counter.putAll(numbered(2_000));
        redis.pottery().dict(counter.key(), Integer.class, Double.class).set(-2, 3.0);
        return counter;
    }

    private static RedisCounter<Integer> counter() {
        return redis.pottery().counter(TestRedis.freshKey(), Integer.class);
    }

    private static CachedOrderedDict<Integer, Long> open() {
        String key = TestRedis.freshKey();
        redis.pottery().dict(key, Integer.class, Long.class).putAll(numbered(500));
        CachedOrderedDict<Integer, Long> dict = open(key, numbered(500));
        dict.put(-1, 1L);
        dict.put(-2, 1L);
        dict.keySet().removeAll(List.of(-1, -2));
        return dict;
    }

    private static CachedOrderedDict<Integer, Long> open(String key, Map<Integer, Long> keys) {
        return redis.pottery().cachedOrderedDict(key, Integer.class, Long.class, keys.keySet());
    }

    private static Map<Integer, Long> numbered(int count) {
        Map<Integer, Long> counts = new HashMap<>();
        IntStream.range(0, count).forEach(i -> counts.put(i, i + 1L));
        return counts;
    }

    private static Arguments counter(String name, int messages, int commands, Consumer<RedisCounter<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }

    private static Arguments cached(
            String name, int messages, int commands, Consumer<CachedOrderedDict<Integer, Long>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }
}
