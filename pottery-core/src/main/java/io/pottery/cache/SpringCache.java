package io.pottery.cache;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.pottery.cache.CacheState.Decoded;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.internal.redis.Completion;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.SimpleValueWrapper;
import reactor.core.scheduler.Schedulers;

/** A {@link RedisCache} as Spring's annotations use one. */
@SuppressWarnings("unchecked") // Spring has no types: the caller says of which one a value is
final class SpringCache implements Cache {

    private static final Log LOG = LogFactory.getLog(SpringCache.class);

    private final String name;
    private final RedisCache<Object, Object> cache;
    private final AsyncRedisCache<Object, Object> async;

    /** Completes, without failure, when all is done that was begun on threads that must not wait. */
    private final AtomicReference<CompletableFuture<Boolean>> begun =
            new AtomicReference<>(CompletableFuture.completedFuture(true));

    SpringCache(String name, RedisCache<Object, Object> cache) {
        this.name = name;
        this.cache = cache;
        this.async = cache.async();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return cache;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return wrapped(cache.find(keyOf(key)));
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        Object value = cache.getIfPresent(keyOf(key));
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException("Cache '%s' holds a %s, not a %s"
                    .formatted(name, value.getClass().getName(), type.getName()));
        }
        return (T) value;
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        return (T) cache.get(keyOf(key), () -> {
            try {
                return loader.call();
            } catch (Exception e) {
                throw new ValueRetrievalException(key, loader, e);
            }
        });
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        return async.find(keyOf(key)).thenApply(SpringCache::wrapped);
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        return (CompletableFuture<T>) async.get(keyOf(key), loader);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        change(() -> store(keyOf(key), value));
    }

    private void store(Object key, @Nullable Object value) {
        try {
            if (value == null && cache.options().nullTtl() == null) {
                cache.evict(key);
            } else {
                cache.put(key, value);
            }
        } catch (UnencodableValueException e) {
            throw e;
        } catch (PotteryException | IllegalStateException e) { // the latter if the application is shutting down
            if (!cache.options().failOpen()) {
                throw e;
            }
            cache.doWithoutRedis(e);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        AtomicBoolean absent = new AtomicBoolean();
        Object found = cache.failing().get(keyOf(key), () -> {
            absent.set(true);
            return value;
        });
        return absent.get() ? null : new SimpleValueWrapper(found);
    }

    @Override
    public void evict(Object key) {
        change(() -> cache.evict(keyOf(key)));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        AtomicBoolean present = new AtomicBoolean();
        change(() -> present.set(cache.evictIfPresent(keyOf(key))));
        return present.get();
    }

    @Override
    public void clear() {
        change(cache::clear);
    }

    /** Makes {@code change} now; on a thread that must not wait, after those that were begun before. */
    private void change(Runnable change) {
        if (mayWait()) {
            change.run();
        } else {
            begin(change);
        }
    }

    private void begin(Runnable change) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        begun.getAndSet(done).thenCompose(before -> async.run(change)).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("%s is not changed as it should be".formatted(cache), Completion.causeOf(failure));
            }
            done.complete(true);
        });
    }

    /**
     * Whether others than the caller go on while it waits. The thread of Lettuce that reads replies is one of Netty.
     */
    private static boolean mayWait() {
        return !(Thread.currentThread() instanceof FastThreadLocalThread) && !Schedulers.isInNonBlockingThread();
    }

    private static @Nullable ValueWrapper wrapped(@Nullable Decoded<Object> found) {
        return found == null ? null : new SimpleValueWrapper(found.value());
    }

    private static Object keyOf(Object key) {
        return key instanceof SimpleKey several ? SimpleKeys.argumentsOf(several) : key;
    }

    @Override
    public String toString() {
        return "Spring's cache '%s' on %s".formatted(name, cache);
    }
}
