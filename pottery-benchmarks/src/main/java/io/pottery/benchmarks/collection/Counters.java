package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A counter of elements, in a hash, of some library. */
interface Counters extends AutoCloseable {

    /** Opens the counter {@code name} of {@code library} on the server at {@code uri}. */
    static Counters open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotteryCounters(uri, name);
            case REDISSON -> new RedissonCounters(uri, name);
            case SPRING -> new SpringCounters(uri, name);
            case LETTUCE -> new LettuceCounters(uri, name);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    /** Counts {@code element} once more; returns how often it was counted. */
    long increment(String element);

    /** Counts each of {@code elements} once more, all at once. */
    void addAll(List<String> elements);

    /** The {@code n} elements that were counted most, and their counts. */
    List<Map.Entry<String, Long>> mostCommon(int n);

    void clear();

    @Override
    void close();

    /** What a library has to do that has no {@link #mostCommon}. */
    static List<Map.Entry<String, Long>> greatest(int n, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(n)
                .toList();
    }

    /** The same, of counts as Redis has them. */
    static List<Map.Entry<String, Long>> greatestOf(int n, Map<String, String> counts) {
        return counts.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), Long.valueOf(each.getValue())))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(n)
                .toList();
    }
}
