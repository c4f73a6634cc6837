package io.pottery.benchmarks;

import java.util.List;

/** A Bloom filter of some library. */
interface Filters extends AutoCloseable {

    /** Adds {@code element}, and tells whether that has changed anything. */
    boolean add(String element);

    /** Adds all of {@code elements}, and tells whether that has changed anything. */
    boolean addAll(List<String> elements);

    /** Whether {@code candidate} may have been added. */
    boolean contains(String candidate);

    /** How many of {@code candidates} may have been added. */
    long count(List<String> candidates);

    @Override
    void close();
}
