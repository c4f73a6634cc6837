package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map of some library. */
interface Dicts extends AutoCloseable {

    /** Opens the map {@code name} of {@code library} on the server at {@code uri}. */
    static Dicts open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotteryDicts(uri, name, true);
            case UNBATCHED -> new PotteryDicts(uri, name, false);
            case REDISSON -> new RedissonDicts(uri, name);
            case SPRING -> new SpringDicts(uri, name);
            case LETTUCE -> new LettuceDicts(uri, name);
            case PYTHON -> throw library.hasNone();
        };
    }

    @Nullable
    String get(String key);

    /** Stores {@code value}, whatever was there. */
    void set(String key, String value);

    /** Stores {@code value}; returns what was there. */
    @Nullable
    String put(String key, String value);

    void putAll(Map<String, String> entries);

    /** The same by a command for each entry, all in one pipeline, if this is Lettuce. */
    default void putEach(Map<String, String> entries) {
        putAll(entries);
    }

    /** Whether there is an entry for each of {@code keys}, in the fastest way there is. */
    boolean hasAll(List<String> keys);

    /** Of what a for loop goes over. */
    Iterator<Map.Entry<String, String>> iterator();

    /** All entries at once. */
    Map<String, String> all();

    /** Adds 1 to the number at {@code key}, by {@code ConcurrentMap.merge}. */
    @Nullable
    String mergeOne(String key);

    void clear();

    @Override
    void close();

    /** What {@link #mergeOne} merges with. */
    static String sum(String number, String other) {
        return Integer.toString(Integer.parseInt(number) + Integer.parseInt(other));
    }
}
