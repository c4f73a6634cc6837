package io.pottery.benchmarks;

import java.util.function.IntFunction;

/** A cache of some library. */
interface Results extends AutoCloseable {

    /** What the cache is to do. */
    enum Kind {

        /** Entries stay until they are removed. */
        PLAIN,

        /** Whatever is used puts off its end. */
        SLIDING,

        /** Each entry ends by itself. */
        ENDING,

        /** Entries are kept in the process, too. */
        NEAR
    }

    /** What was remembered for {@code number}; {@code loader} computes it if nothing was. */
    String get(int number, IntFunction<String> loader);

    @Override
    void close();
}
