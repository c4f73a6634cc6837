package io.pottery.internal.redis;

import java.time.Duration;

/** Runs things later: the timer of a factory, and the virtual one that tests use. */
public interface Timer {

    /** Runs {@code work} after {@code delay}; it must neither block nor fail. */
    Task after(Duration delay, Runnable work);

    /** Something that is to be run. */
    @FunctionalInterface
    interface Task {

        /** Forgets it, unless it has begun. */
        void cancel();
    }
}
