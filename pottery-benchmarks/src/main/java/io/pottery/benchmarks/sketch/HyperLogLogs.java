package io.pottery.benchmarks.sketch;

import io.pottery.benchmarks.Library;
import java.util.List;

/** A HyperLogLog of some library. */
interface HyperLogLogs extends AutoCloseable {

    /** Opens the HyperLogLog {@code name} of {@code library} on the server at {@code uri}. */
    static HyperLogLogs open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotteryHyperLogLogs(uri, name);
            case REDISSON -> new RedissonHyperLogLogs(uri, name);
            case SPRING -> new SpringHyperLogLogs(uri, name);
            case LETTUCE -> new LettuceHyperLogLogs(uri, name);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    /** Counts {@code element}, and tells whether that has changed the count. */
    boolean add(String element);

    /** Counts all of {@code elements}, and tells whether that has changed the count. */
    boolean addAll(List<String> elements);

    /** How many different elements there were, roughly. */
    long count();

    @Override
    void close();
}
