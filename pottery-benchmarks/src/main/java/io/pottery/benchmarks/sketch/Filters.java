package io.pottery.benchmarks.sketch;

import io.pottery.benchmarks.Library;
import java.util.List;

/** A Bloom filter of some library. */
interface Filters extends AutoCloseable {

    /** Opens the Bloom filter {@code name} of {@code library} for {@code elements} on the server at {@code uri}. */
    static Filters open(Library library, String uri, String name, int elements, double falsePositives) {
        return switch (library) {
            case POTTERY -> new PotteryFilters(uri, name, elements, falsePositives);
            case REDISSON -> new RedissonFilters(uri, name, elements, falsePositives);
            case LETTUCE -> new LettuceFilters(uri, name, elements, falsePositives);
            case UNBATCHED, SPRING, PYTHON -> throw library.hasNone();
        };
    }

    /** Adds {@code element}, and tells whether that has changed anything. */
    boolean add(String element);

    /** Adds all of {@code elements}, and tells whether that has changed anything. */
    boolean addAll(List<String> elements);

    /** Whether {@code candidate} may have been added. */
    boolean contains(String candidate);

    /** How many of {@code candidates} may have been added. */
    long count(List<String> candidates);

    @Override
    void close();
}
