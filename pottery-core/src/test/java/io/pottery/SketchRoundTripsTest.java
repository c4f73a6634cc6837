package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.HyperLogLog;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips of sketches that docs/guarantees.md promises, counted on sketches of 10,000 elements. */
class SketchRoundTripsTest {

    private static final int HASHES = 7;

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> filterCalls() {
        List<Integer> present = numbered(0, 1_000);
        List<Integer> absent = numbered(20_000, 21_000);
        return Stream.of(
                filter("add", 1, 5, (filter, other) -> filter.add(-1)),
                filter("mightContain of one that is there", 1, 4 + HASHES, (filter, other) -> filter.mightContain(1)),
                filter("mightContain of one that is not", 1, 4 + HASHES, (filter, other) -> filter.mightContain(-1)),
                filter("addAll of 1,000", 1, 4 + 1_000, (filter, other) -> filter.addAll(absent)),
                filter("containsMany of 1,000 that are there", 1, 5, (filter, other) -> filter.containsMany(present)),
                filter("containsMany of 1,000 that are not", 1, 5, (filter, other) -> filter.containsMany(absent)),
                filter("addAll of 10,000", 10, 10 * 1_004, (filter, other) -> filter.addAll(numbered(0, 10_000))),
                filter("containsMany of 10,000", 10, 50, (filter, other) -> filter.containsMany(numbered(0, 10_000))),
                filter("approximateSize", 1, 5, (filter, other) -> filter.approximateSize()),
                filter("isSaturated", 1, 5, (filter, other) -> filter.isSaturated()),
                filter("expectedFalsePositiveRate", 1, 5, (filter, other) -> filter.expectedFalsePositiveRate()),
                filter("uniteWith", 1, 11, BloomFilter::uniteWith),
                filter("intersectWith", 1, 11, BloomFilter::intersectWith),
                filter("expire", 1, 3, (filter, other) -> filter.expire(Duration.ofHours(1))),
                filter("persist", 1, 3, (filter, other) -> filter.persist()),
                filter("clear", 1, 4, (filter, other) -> filter.clear()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("filterCalls")
    void filtersStayWithinTheirRoundTrips(
            String call, Traffic limit, BiConsumer<BloomFilter<Integer>, BloomFilter<Integer>> work) {
        work.accept(filledFilter(0), filledFilter(5_000));
        BloomFilter<Integer> filter = filledFilter(0);
        BloomFilter<Integer> other = filledFilter(5_000);

        assertWithin(limit, redis.count(() -> work.accept(filter, other)));
    }

    static Stream<Arguments> counterCalls() {
        List<Integer> thousand = numbered(9_500, 10_500);
        return Stream.of(
                counter("add", 1, 1, (counted, other) -> counted.add(-1)),
                counter("addAll of 1,000", 1, 1, (counted, other) -> counted.addAll(thousand)),
                counter("addAll of 10,000", 10, 10, (counted, other) -> counted.addAll(numbered(0, 10_000))),
                counter("count", 1, 1, (counted, other) -> counted.count()),
                counter("countWith", 1, 1, (counted, other) -> counted.countWith(other)),
                counter("mightContain", 1, 1, (counted, other) -> counted.mightContain(1)),
                counter("containsMany of 1,000", 1, 1, (counted, other) -> counted.containsMany(thousand)),
                counter("containsMany of 10,000", 1, 1, (counted, other) -> counted.containsMany(numbered(0, 10_000))),
                counter("mergeWith", 1, 6, (counted, other) -> counted.mergeWith(other)),
                counter("unionInto", 1, 7, (counted, other) -> counted.unionInto(other)),
                counter("clear", 1, 3, (counted, other) -> counted.clear()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counterCalls")
    void hyperLogLogsStayWithinTheirRoundTrips(
            String call, Traffic limit, BiConsumer<HyperLogLog<Integer>, HyperLogLog<Integer>> work) {
        work.accept(filledCounter(0), filledCounter(5_000));
        HyperLogLog<Integer> counted = filledCounter(0);
        HyperLogLog<Integer> other = filledCounter(5_000);

        assertWithin(limit, redis.count(() -> work.accept(counted, other)));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void aPopulatedOneIsOneStep(String call, Traffic limit, Runnable populate) {
        populate.run();

        assertWithin(limit, redis.count(populate));
    }

    static Stream<Arguments> nothing() {
        List<Integer> many = numbered(0, 10_000);
        return Stream.of(
                arguments("BloomFilter.populate", new Traffic(1, 5), (Runnable)
                        () -> openFilter().populate(many)),
                arguments("HyperLogLog.populate", new Traffic(1, 13), (Runnable)
                        () -> openCounter().populate(many)));
    }

    private static void assertWithin(Traffic limit, Traffic traffic) {
        assertThat(traffic.messages()).as("messages").isBetween(1, limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    private static BloomFilter<Integer> filledFilter(int from) {
        BloomFilter<Integer> filter = openFilter();
        filter.addAll(numbered(from, from + 10_000));
        return filter;
    }

    private static HyperLogLog<Integer> filledCounter(int from) {
        HyperLogLog<Integer> counted = openCounter();
        counted.addAll(numbered(from, from + 10_000));
        return counted;
    }

    private static BloomFilter<Integer> openFilter() {
        return redis.pottery().bloomFilter(TestRedis.freshKey(), Integer.class, 20_000, 0.01);
    }

    private static HyperLogLog<Integer> openCounter() {
        return redis.pottery().hyperLogLog(TestRedis.freshKey(), Integer.class);
    }

    private static List<Integer> numbered(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Arguments filter(
            String name, int messages, int commands, BiConsumer<BloomFilter<Integer>, BloomFilter<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }

    private static Arguments counter(
            String name, int messages, int commands, BiConsumer<HyperLogLog<Integer>, HyperLogLog<Integer>> work) {
        return arguments(name, new Traffic(messages, commands), work);
    }
}
