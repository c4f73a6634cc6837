package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CachedFunction} of two arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <V> the type of the results
 */
public final class CachedBiFunction<A extends @Nullable Object, B extends @Nullable Object, V>
        implements BiFunction<A, B, @Nullable V> {

    private final RedisCache<Arguments, V> cache;
    private final BiFunction<? super A, ? super B, ? extends @Nullable V> function;

    private CachedBiFunction(
            RedisCache<Arguments, V> cache, BiFunction<? super A, ? super B, ? extends @Nullable V> function) {
        this.cache = requireNonNull(cache, "cache must not be null");
        this.function = requireNonNull(function, "function must not be null");
    }

    /** Remembers the results of {@code function} in {@code cache}. */
    public static <A extends @Nullable Object, B extends @Nullable Object, V> CachedBiFunction<A, B, V> of(
            RedisCache<Arguments, V> cache, BiFunction<? super A, ? super B, ? extends @Nullable V> function) {
        return new CachedBiFunction<>(cache, function);
    }

    /** As {@link CachedFunction#apply}. */
    @Override
    public @Nullable V apply(A first, B second) {
        return cache.get(Arguments.of(first, second), () -> function.apply(first, second));
    }

    /** As {@link CachedFunction#bypass}. */
    public @Nullable V bypass(A first, B second) {
        return cache.refresh(Arguments.of(first, second), () -> function.apply(first, second));
    }

    /** As {@link CachedFunction#wrapped}. */
    public BiFunction<? super A, ? super B, ? extends @Nullable V> wrapped() {
        return function;
    }

    /** As {@link CachedFunction#cacheInfo}. */
    public CacheInfo cacheInfo() {
        return cache.info();
    }

    /** As {@link CachedFunction#evict}. */
    public void evict(A first, B second) {
        cache.evict(Arguments.of(first, second));
    }

    /** As {@link CachedFunction#cacheClear}. */
    public void cacheClear() {
        cache.clear();
    }
}
