package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.collection.RedisDict;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
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

/** The round trips that docs/guarantees.md promises, counted. */
class RoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> dict() {
        Map<Integer, Integer> thousand = numbered(0, 1_000);
        return Stream.of(
                call("get", 1, 1, dict -> dict.get(1)),
                call("getOrDefault", 1, 1, dict -> dict.getOrDefault(-1, 5)),
                call("containsKey", 1, 1, dict -> dict.containsKey(1)),
                call("size", 1, 1, dict -> dict.size()),
                call("isEmpty", 1, 1, dict -> dict.isEmpty()),
                call("set", 1, 1, dict -> dict.set(1, 2)),
                call("clear", 1, 3, dict -> dict.clear()),
                call("keySet().contains", 1, 1, dict -> dict.keySet().contains(1)),
                call("keySet().remove", 1, 1, dict -> dict.keySet().remove(1)),
                call("put", 1, 3, dict -> dict.put(1, 2)),
                call("putIfAbsent, absent", 1, 3, dict -> dict.putIfAbsent(-1, 2)),
                call("putIfAbsent, present", 1, 2, dict -> dict.putIfAbsent(1, 2)),
                call("replace", 1, 3, dict -> dict.replace(1, 2)),
                call("replace if", 1, 3, dict -> dict.replace(1, 1, 2)),
                call("remove", 1, 3, dict -> dict.remove(1)),
                call("remove if", 1, 3, dict -> dict.remove(1, 1)),
                call("entrySet().remove", 1, 3, dict -> dict.entrySet().remove(Map.entry(1, 1))),
                call("pollEntry", 1, 3, dict -> dict.pollEntry()),
                call("merge, absent", 1, 3, dict -> dict.merge(-1, 1, Integer::sum)),
                call("merge, present", 2, 5, dict -> dict.merge(1, 1, Integer::sum)),
                call("compute", 2, 4, dict -> dict.compute(1, (k, v) -> v == null ? 0 : v + 1)),
                call("computeIfPresent", 2, 4, dict -> dict.computeIfPresent(1, (k, v) -> v + 1)),
                call("computeIfAbsent, present", 1, 1, dict -> dict.computeIfAbsent(1, k -> 1)),
                call("computeIfAbsent, absent", 2, 4, dict -> dict.computeIfAbsent(-1, k -> 1)),
                call("putAll of 1,000", 1, 1, dict -> dict.putAll(thousand)),
                call("putAll of 10,000", 10, 10, dict -> dict.putAll(numbered(0, 10_000))),
                call("keySet().removeAll of 1,000", 1, 1, dict -> dict.keySet().removeAll(thousand.keySet())),
                call(
                        "keySet().containsAll of 1,000",
                        1,
                        1_001,
                        dict -> dict.keySet().containsAll(thousand.keySet())),
                call(
                        "keySet().retainAll of 1,000",
                        1,
                        9_003,
                        dict -> dict.keySet().retainAll(thousand.keySet())),
                call("entrySet().contains", 1, 1, dict -> dict.entrySet().contains(Map.entry(1, 1))),
                call(
                        "entrySet().containsAll of 1,000",
                        1,
                        1,
                        dict -> dict.entrySet().containsAll(thousand.entrySet())),
                call(
                        "entrySet().removeAll of 1,000",
                        1,
                        2_001,
                        dict -> dict.entrySet().removeAll(thousand.entrySet())),
                call("values().remove of 10,000", 10, 20, dict -> dict.values().remove(-1)),
                call("toMap of 10,000", 2, 3, dict -> dict.toMap()),
                call("equals of 10,000", 2, 3, dict -> dict.equals(thousand)),
                call("hashCode of 10,000", 2, 3, dict -> dict.hashCode()),
                call(
                        "values().containsAll of 10,000",
                        2,
                        3,
                        dict -> dict.values().containsAll(thousand.values())),
                call("replaceAll of 10,000", 2, 20_005, dict -> dict.replaceAll((k, v) -> v + 1)),
                call(
                        "keySet().removeIf, some of 10,000",
                        2,
                        10_006,
                        dict -> dict.keySet().removeIf(k -> k == 1)),
                call(
                        "values().removeIf, none of 10,000",
                        1,
                        3,
                        dict -> dict.values().removeIf(v -> v < 0)),
                call(
                        "values().removeAll, some of 10,000",
                        2,
                        10_006,
                        dict -> dict.values().removeAll(List.of(1))),
                call("toString", 2, 2, dict -> dict.toString()),
                call("containsValue of 10,000", 10, 20, dict -> dict.containsValue(-1)),
                call("iterating 10,000 keys", 10, 10, dict -> dict.keySet().forEach(key -> {})),
                call("iterating 10,000 values", 10, 10, dict -> dict.values().forEach(value -> {})),
                call("iterating 10,000 entries", 10, 10, dict -> dict.forEach((key, value) -> {})),
                call("expire", 1, 1, dict -> dict.expire(Duration.ofHours(1))),
                call("timeToLive", 1, 1, dict -> dict.timeToLive()),
                call("persist", 1, 1, dict -> dict.persist()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("dict")
    void staysWithinItsRoundTrips(String call, Traffic limit, Consumer<RedisDict<Integer, Integer>> work) {
        work.accept(filled());
        RedisDict<Integer, Integer> dict = filled();

        Traffic traffic = redis.count(() -> work.accept(dict));

        assertThat(traffic.messages()).as("messages").isBetween(1, limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    @Test
    void takesOneRoundTripToPopulateAndToReadLittle() {
        redis.pottery().dict(TestRedis.freshKey(), Integer.class, Integer.class).populate(numbered(0, 1));
        RedisDict<Integer, Integer> dict = redis.pottery().dict(TestRedis.freshKey(), Integer.class, Integer.class);
        dict.toMap();
        assertThat(redis.count(() -> dict.populate(numbered(0, 10_000)))).isEqualTo(new Traffic(1, 12));
        dict.keySet().retainAll(numbered(0, 1_000).keySet());
        assertThat(redis.count(dict::toMap)).isEqualTo(new Traffic(1, 3));
    }

    private static RedisDict<Integer, Integer> filled() {
        RedisDict<Integer, Integer> dict = redis.pottery().dict(TestRedis.freshKey(), Integer.class, Integer.class);
        dict.putAll(numbered(0, 10_000));
        return dict;
    }

    private static Map<Integer, Integer> numbered(int from, int to) {
        Map<Integer, Integer> entries = new HashMap<>();
        IntStream.range(from, to).forEach(i -> entries.put(i, i));
        return entries;
    }

    private static Arguments call(String name, int messages, int commands, Consumer<RedisDict<Integer, Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }
}
