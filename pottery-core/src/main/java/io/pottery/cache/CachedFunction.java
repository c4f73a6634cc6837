package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function whose results are remembered in a {@link RedisCache}, for all processes: Python Pottery's
 * {@code redis_cache()}.
 *
 * <pre>{@code
 * CachedFunction<Integer, Report> report = pottery.cached("reports", Integer.class, Report.class, this::compute);
 * report.apply(5);
 * }</pre>
 *
 * <p>See {@link CachedBiFunction} and {@link CachedSupplier} for two arguments and none; a record makes one argument of
 * more.
 *
 * @param <K> the type of the argument
 * @param <V> the type of the results
 */
public final class CachedFunction<K extends @Nullable Object, V> implements Function<K, @Nullable V> {

    private final RedisCache<K, V> cache;
    private final Function<? super K, ? extends @Nullable V> function;

    private CachedFunction(RedisCache<K, V> cache, Function<? super K, ? extends @Nullable V> function) {
        this.cache = requireNonNull(cache, "cache must not be null");
        this.function = requireNonNull(function, "function must not be null");
    }

    /** Remembers the results of {@code function} in {@code cache}. */
    public static <K extends @Nullable Object, V> CachedFunction<K, V> of(
            RedisCache<K, V> cache, Function<? super K, ? extends @Nullable V> function) {
        return new CachedFunction<>(cache, function);
    }

    /** The result for {@code argument}, as {@link RedisCache#get(Object, Loader)}. */
    @Override
    public @Nullable V apply(K argument) {
        return cache.get(argument, () -> function.apply(argument));
    }

    /** Calls the function and stores its result; neither a hit nor a miss. As {@link RedisCache#refresh}. */
    public @Nullable V bypass(K argument) {
        return cache.refresh(argument, () -> function.apply(argument));
    }

    /** The function itself. */
    public Function<? super K, ? extends @Nullable V> wrapped() {
        return function;
    }

    /** Hits and misses of this process, and how many entries there are for everybody. One round trip. */
    public CacheInfo cacheInfo() {
        return cache.info();
    }

    /** Forgets the result for {@code argument}. One round trip. */
    public void evict(K argument) {
        cache.evict(argument);
    }

    /** Forgets all results, and counts from 0 again. One round trip. */
    public void cacheClear() {
        cache.clear();
    }
}
