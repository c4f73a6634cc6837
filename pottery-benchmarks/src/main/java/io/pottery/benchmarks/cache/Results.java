package io.pottery.benchmarks.cache;

import io.pottery.benchmarks.Library;
import java.util.function.IntFunction;

/** A cache of some library. */
interface Results extends AutoCloseable {

    /** Opens the cache {@code name} of {@code library} on the server at {@code uri}. */
    static Results open(Library library, String uri, String name, Kind kind) {
        return switch (library) {
            case POTTERY -> new PotteryResults(uri, name, kind);
            case REDISSON -> new RedissonResults(uri, name, kind);
            case SPRING -> new SpringResults(uri, name, kind);
            case LETTUCE -> new LettuceResults(uri, name);
            case UNBATCHED, PYTHON -> throw library.hasNone();
        };
    }

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
