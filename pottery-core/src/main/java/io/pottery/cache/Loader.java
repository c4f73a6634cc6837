package io.pottery.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes what is not in a cache.
 *
 * @param <V> the type of the result
 * @param <E> what it may throw; {@code RuntimeException} if nothing that is checked
 */
@FunctionalInterface
public interface Loader<V, E extends Exception> {

    /** Computes the value, or null if there is none. */
    @Nullable
    V load() throws E;
}
