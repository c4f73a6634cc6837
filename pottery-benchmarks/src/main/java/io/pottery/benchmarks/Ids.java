package io.pottery.benchmarks;

/** A sequence of ids of some library. */
interface Ids extends AutoCloseable {

    /** The next id. */
    long next();

    @Override
    void close();
}
