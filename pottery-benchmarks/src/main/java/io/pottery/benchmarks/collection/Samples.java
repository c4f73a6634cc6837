package io.pottery.benchmarks.collection;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is in the containers of all libraries: 10,000 short strings, and a value for each. */
final class Samples {

    static final int SIZE = 10_000;

    /** How many are asked for at once. */
    static final int SOME = 1_000;

    static final List<String> KEYS = keys(0, SIZE);

    static final Map<String, String> ENTRIES = entries(KEYS);

    private Samples() {}

    static String key(int number) {
        return "key " + number;
    }

    /** Twenty characters or so. */
    static String value(String key) {
        return "the value of " + key;
    }

    /** The keys from number {@code from} to number {@code to}, without the last. */
    static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(Samples::key).toList();
    }

    static Map<String, String> entries(List<String> keys) {
        return keys.stream().collect(toMap(Function.identity(), Samples::value));
    }

    /** Any of {@link #KEYS}. */
    static String anyKey() {
        return KEYS.get(ThreadLocalRandom.current().nextInt(SIZE));
    }

    /** A thousand of {@link #KEYS} that stand one after the other. */
    static List<String> someKeys() {
        int first = ThreadLocalRandom.current().nextInt(SIZE - SOME);
        return KEYS.subList(first, first + SOME);
    }

    /** Stops a benchmark whose library does not do what is measured. */
    static void require(boolean fact, Object library, String what) {
        if (!fact) {
            throw new IllegalStateException("%s: %s".formatted(library, what));
        }
    }
}
