package io.pottery.benchmarks;

/** Locks by their names, as one library gives them. */
interface Locks extends AutoCloseable {

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
