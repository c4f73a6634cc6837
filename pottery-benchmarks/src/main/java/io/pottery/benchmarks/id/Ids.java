package io.pottery.benchmarks.id;

import io.pottery.benchmarks.Library;
import java.util.List;

/** A sequence of ids of some library. */
interface Ids extends AutoCloseable {

    /**
     * Opens the sequence {@code name} of {@code library} on the masters at {@code uris}, from which {@code block} ids
     * are taken at once.
     */
    static Ids open(Library library, List<String> uris, String name, int block) {
        return switch (library) {
            case POTTERY -> new PotteryIds(uris, name, block);
            case REDISSON -> new RedissonIds(uris, name, block);
            case LETTUCE -> new LettuceIds(uris, name);
            case UNBATCHED, SPRING, PYTHON -> throw library.hasNone();
        };
    }

    /** The next id. */
    long next();

    @Override
    void close();
}
