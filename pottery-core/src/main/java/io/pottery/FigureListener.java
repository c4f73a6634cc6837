package io.pottery;

import io.pottery.cache.CacheFigures;
import java.util.function.Supplier;

/**
 * Is told of the caches and queues that a factory opens, once for each name, to make metrics of their figures. Of each
 * kind there are a hundred names at most: caches beyond are counted together as {@code others}, and queues beyond are
 * not told of.
 */
public interface FigureListener {

    /** Nobody listens. */
    static FigureListener none() {
        return new FigureListener() {};
    }

    /** Caches called {@code label} are used; {@code figures} costs nothing. */
    default void cache(String label, Supplier<CacheFigures> figures) {}

    /**
     * The queue called {@code name} is used; {@code size} asks Redis, and throws if there is no answer within a quarter
     * of a second.
     */
    default void queue(String name, Supplier<Long> size) {}
}
