package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Has Spring's own {@code @Cacheable}, {@code @CachePut} and {@code @CacheEvict} work on {@link RedisCache}s. Each is
 * declared with the type of its values, because no name of a class is ever stored:
 *
 * <pre>{@code
 * @Bean
 * PotteryCacheManager cacheManager(PotteryFactory pottery) {
 *     return PotteryCacheManager.of(Map.of(
 *             "books", pottery.cache("books", Object.class, Book.class),
 *             "prices", pottery.cache("prices", Object.class, pottery.json(Price.class),
 *                     CacheOptions.ofTtl(Duration.ofMinutes(10)))));
 * }
 *
 * @Cacheable(cacheNames = "books", sync = true)
 * public Book find(long isbn) { ... }
 * }</pre>
 *
 * <p>What a {@code RedisCache} promises holds for {@code @Cacheable(sync = true)}, and for {@link RedisCacheable}.
 * Without {@code sync = true}, Spring itself looks an entry up, calls the method, and puts what it returns. What was
 * computed before an eviction may then be stored after it, each of many callers computes, and no entry is computed
 * ahead, whatever the options say.
 *
 * <ul>
 *   <li>The key is the one parameter of a method, or all of several; what {@code key} gives, be it {@link Arguments};
 *       or what a {@code KeyGenerator} does. Whatever it is must have JSON.
 *   <li>Null is stored only if {@link CacheOptions#nullTtl()} says for how long. Else it is returned, and what was
 *       stored before is removed.
 *   <li>If Redis fails, and the cache {@linkplain CacheOptions#failOpen() fails open}, methods are called, and their
 *       results returned and not stored. Evicting and clearing fail, because what they were to do is not done.
 *   <li>{@link Cache#putIfAbsent} stores at most one value for all callers in this process, or, with
 *       {@link CacheOptions#sync()}, in any. It fails if Redis does.
 *   <li>Methods may return a {@code CompletableFuture}, a {@code Mono}, or a {@code Flux}, for which the type of the
 *       values is a list. Redis is asked on the factory's executor, and told of changes on the thread that completes
 *       the result. If that is one of Netty, or another that must not wait, changes are only begun, in their order, and
 *       failures are logged.
 * </ul>
 */
public final class PotteryCacheManager implements CacheManager {

    private final Map<String, Cache> caches = new LinkedHashMap<>();

    private PotteryCacheManager(Map<String, ? extends RedisCache<?, ?>> caches) {
        caches.forEach((name, cache) -> this.caches.put(name, new SpringCache(name, typed(cache))));
    }

    /** Manages {@code caches}, by the names that annotations have for them; there are no others. */
    public static PotteryCacheManager of(Map<String, ? extends RedisCache<?, ?>> caches) {
        return new PotteryCacheManager(requireNonNull(caches, "caches must not be null"));
    }

    /** The cache called {@code name}; null if there is none, which Spring then refuses by name. */
    @Override
    public @Nullable Cache getCache(String name) {
        return caches.get(name);
    }

    @Override
    public Collection<String> getCacheNames() {
        return Collections.unmodifiableSet(caches.keySet());
    }

    /** A cache takes every key, and refuses values of other types. */
    @SuppressWarnings("unchecked")
    private static RedisCache<Object, Object> typed(RedisCache<?, ?> cache) {
        return (RedisCache<Object, Object>) requireNonNull(cache, "cache must not be null");
    }
}
