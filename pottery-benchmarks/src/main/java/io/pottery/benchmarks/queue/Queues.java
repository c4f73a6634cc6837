package io.pottery.benchmarks.queue;

import io.pottery.benchmarks.Library;
import java.util.List;

/** A queue of some library. */
interface Queues extends AutoCloseable {

    /** Opens the queue {@code name} of {@code library} on the server at {@code uri}. */
    static Queues open(Library library, String uri, String name) {
        return switch (library) {
            case POTTERY -> new PotteryQueues(uri, name);
            case REDISSON -> new RedissonQueues(uri, name);
            case LETTUCE -> new LettuceQueues(uri, name);
            case UNBATCHED, SPRING, PYTHON -> throw library.hasNone();
        };
    }

    /** Puts {@code element} behind all others. */
    void put(String element) throws InterruptedException;

    /** Puts all of {@code elements} behind all others. */
    void putAll(List<String> elements);

    /** Waits for the first element, and takes it. */
    String take() throws InterruptedException;

    /** Takes up to {@code most} elements that are there; returns how many. */
    int drain(int most);

    /** Waits until the server knows that what was taken has arrived, if it is told of that at all. */
    default void awaitConfirmed() throws InterruptedException {}

    @Override
    void close();
}
