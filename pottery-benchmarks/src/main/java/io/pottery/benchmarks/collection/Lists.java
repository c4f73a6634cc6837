package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import java.util.Iterator;
import java.util.List;

/** A list of some library. */
interface Lists extends AutoCloseable {

    /** Opens the list {@code name} of {@code library} on the server at {@code uri}. */
    static Lists open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotteryLists(uri, name);
            case REDISSON -> new RedissonLists(uri, name);
            case SPRING -> new SpringLists(uri, name);
            case LETTUCE -> new LettuceLists(uri, name);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    /** Puts {@code element} behind all others. */
    void add(String element);

    String get(int index);

    /** Puts all of {@code elements} behind all others, in the fastest way there is. */
    void addAll(List<String> elements);

    /** The same by a command for each element, all in one pipeline, if this is Lettuce. */
    default void addEach(List<String> elements) {
        addAll(elements);
    }

    /** Of what a for loop goes over. */
    Iterator<String> iterator();

    int size();

    void clear();

    @Override
    void close();
}
