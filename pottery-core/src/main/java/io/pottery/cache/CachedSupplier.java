package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CachedFunction} without arguments: it has one result.
 *
 * @param <V> the type of the result
 */
public final class CachedSupplier<V> implements Supplier<@Nullable V> {

    private static final Arguments NONE = Arguments.of();

    private final RedisCache<Arguments, V> cache;
    private final Supplier<? extends @Nullable V> supplier;

    private CachedSupplier(RedisCache<Arguments, V> cache, Supplier<? extends @Nullable V> supplier) {
        this.cache = requireNonNull(cache, "cache must not be null");
        this.supplier = requireNonNull(supplier, "supplier must not be null");
    }

    /** Remembers the result of {@code supplier} in {@code cache}. */
    public static <V> CachedSupplier<V> of(RedisCache<Arguments, V> cache, Supplier<? extends @Nullable V> supplier) {
        return new CachedSupplier<>(cache, supplier);
    }

    /** As {@link CachedFunction#apply}. */
    @Override
    public @Nullable V get() {
        return cache.get(NONE, supplier::get);
    }

    /** As {@link CachedFunction#bypass}. */
    public @Nullable V bypass() {
        return cache.refresh(NONE, supplier::get);
    }

    /** As {@link CachedFunction#wrapped}. */
    public Supplier<? extends @Nullable V> wrapped() {
        return supplier;
    }

    /** As {@link CachedFunction#cacheInfo}. */
    public CacheInfo cacheInfo() {
        return cache.info();
    }

    /** As {@link CachedFunction#cacheClear}; there is no other entry to evict. */
    public void cacheClear() {
        cache.clear();
    }
}
