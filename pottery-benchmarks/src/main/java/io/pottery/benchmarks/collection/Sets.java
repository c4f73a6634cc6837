package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Library;
import java.util.Iterator;
import java.util.List;

/** A set of some library. */
interface Sets extends AutoCloseable {

    /** Opens the set {@code name} of {@code library} on the server at {@code uri}. */
    static Sets open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotterySets(uri, name);
            case REDISSON -> new RedissonSets(uri, name);
            case SPRING -> new SpringSets(uri, name);
            case LETTUCE -> new LettuceSets(uri, name);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    boolean add(String element);

    boolean contains(String candidate);

    /** How many of {@code candidates} are there, all asked for at once. */
    long count(List<String> candidates);

    /** Adds all of {@code elements}, in the fastest way there is. */
    void addAll(List<String> elements);

    /** The same by a command for each element, all in one pipeline, if this is Lettuce. */
    default void addEach(List<String> elements) {
        addAll(elements);
    }

    /** Of what a for loop goes over. */
    Iterator<String> iterator();

    void clear();

    @Override
    void close();
}
