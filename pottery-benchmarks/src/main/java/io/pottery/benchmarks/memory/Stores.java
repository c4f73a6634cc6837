package io.pottery.benchmarks.memory;

import io.pottery.benchmarks.Library;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a library stores if nobody tells it how: with its default codec. */
interface Stores extends AutoCloseable {

    /** The key of whatever is stored. */
    String NAME = "stored";

    /** Until when an entry of a cache stays. */
    Duration TTL = Duration.ofHours(1);

    /** How often a Bloom filter may be wrong. */
    double FALSE_POSITIVES = 0.01;

    /** Opens {@code library} on the server at {@code uri}. */
    static Stores open(Library library, String uri) {
        return switch (library) {
            case POTTERY -> new PotteryStores(uri);
            case REDISSON -> new RedissonStores(uri);
            case SPRING -> new SpringStores(uri);
            case UNBATCHED, LETTUCE, PYTHON -> throw library.hasNone();
        };
    }

    void dict(Map<String, String> entries);

    void set(List<String> elements);

    void list(List<String> elements);

    /** Counts each of {@code elements} once. */
    void counter(List<String> elements);

    /** A cache whose entries end by themselves. */
    void cache(Map<String, String> results);

    /** A Bloom filter for as many as {@code elements}, which has them all. */
    void bloomFilter(List<String> elements);

    void hyperLogLog(List<String> elements);

    @Override
    void close();
}
