package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import org.jspecify.annotations.Nullable;

/** A deque of some library, and one that keeps the latest elements. */
interface Deques extends AutoCloseable {

    /** How many elements the second one keeps. */
    int MAX_LENGTH = 100;

    /** Opens the deque {@code name} of {@code library}, and {@code latest}, on the server at {@code uri}. */
    static Deques open(Library library, String uri, String name, String latest) {
        return switch (library) {
            case POTTERY -> new PotteryDeques(uri, name, latest);
            case REDISSON -> new RedissonDeques(uri, name, latest);
            case SPRING -> new SpringDeques(uri, name, latest);
            case LETTUCE -> new LettuceDeques(uri, name, latest);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    void addLast(String element);

    @Nullable
    String pollFirst();

    /** Adds {@code element} to the deque that keeps the latest, and drops the oldest if there are too many. */
    void keep(String element);

    /** How many elements the deque has that keeps the latest. */
    int kept();

    /** Empties both. */
    void clear();

    @Override
    void close();
}
