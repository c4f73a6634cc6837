package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Library;
import java.util.List;

/** Locks by their names, as one library gives them. */
interface Locks extends AutoCloseable {

    /** Opens the locks of {@code library} on the masters at {@code uris}. */
    static Locks open(Library library, List<String> uris) {
        return switch (library) {
            case POTTERY -> PotteryLocks.patient(uris);
            case REDISSON -> uris.size() == 1 ? new RedissonLocks(uris.get(0)) : new RedissonRedLocks(uris);
            case SPRING -> new SpringLocks(uris.get(0));
            case LETTUCE -> new LettuceLocks(uris);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

    /** Waits until the lock called {@code name} is taken, for 10 seconds unless it is released. */
    Held acquire(String name) throws InterruptedException;

    @Override
    void close();

    /** A lock that is held. */
    @FunctionalInterface
    interface Held {

        /** Gives the lock back, on the thread that took it. */
        void release();
    }
}
