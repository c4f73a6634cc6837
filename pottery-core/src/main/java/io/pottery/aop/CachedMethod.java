package io.pottery.aop;

import io.pottery.cache.Arguments;
import io.pottery.cache.CacheInfo;
import io.pottery.cache.RedisCache;
import io.pottery.cache.RedisCacheable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/** A {@link RedisCacheable} method of a bean, and its cache. Have one from {@link RedisCaches}. */
public final class CachedMethod {

    private final CacheableMethod cacheable;
    private final Method method;
    private final CacheHandles handles;
    private final Supplier<Object> wrapped;
    private final Supplier<Object> bypassing;

    CachedMethod(
            CacheableMethod cacheable,
            Method method,
            Proxied proxied,
            AnnotatedMethods<CacheableMethod> methods,
            CacheHandles handles) {
        this.cacheable = cacheable;
        this.method = method;
        this.handles = handles;
        this.wrapped = SingletonSupplier.of(() -> proxied.with(null));
        this.bypassing = SingletonSupplier.of(() -> proxied.with(new DefaultPointcutAdvisor(
                proxied.advisor().getPointcut(), new AnnotationInterceptor<>(methods, CacheableCall.bypass(handles)))));
    }

    /**
     * What this method found in its cache, in this process.
     *
     * @throws IllegalStateException if its key has <code>#{...}</code>: see {@link #cache}
     */
    public CacheInfo cacheInfo() {
        return only().info();
    }

    /**
     * Removes all entries.
     *
     * @throws IllegalStateException if its key has <code>#{...}</code>: see {@link #cache}
     */
    public void cacheClear() {
        only().clear();
    }

    /** Removes the entry for calls with {@code arguments}. */
    public void evict(@Nullable Object... arguments) {
        cache(arguments).evict(cacheable.entry().entry(arguments));
    }

    /**
     * Calls the method, whatever is cached, and stores its result, which counts neither as found nor as missed. Locks,
     * transactions and other advice are as ever, and so are the conditions of the annotation.
     *
     * @return what the method returns: a {@code Mono} computes when it is subscribed to
     * @throws UndeclaredThrowableException if the method throws a checked exception
     */
    public @Nullable Object bypass(@Nullable Object... arguments) {
        requireNumber(arguments);
        Object proxy = bypassing.get();
        Method called = AopUtils.selectInvocableMethod(method, proxy.getClass());
        ReflectionUtils.makeAccessible(called);
        try {
            return called.invoke(proxy, arguments);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("%s cannot be called".formatted(cacheable.name()), e);
        }
    }

    /** The bean without this cache, and with all other advice; all its cached methods go past their caches. */
    public Object wrapped() {
        return wrapped.get();
    }

    /** The cache for calls with {@code arguments}; which, does not matter if the key has no <code>#{...}</code>. */
    public RedisCache<Arguments, Object> cache(@Nullable Object... arguments) {
        requireNumber(arguments);
        return handles.get(cacheable, cacheable.entry().cache(arguments));
    }

    private RedisCache<Arguments, Object> only() {
        if (!cacheable.entry().key().isFixed()) {
            throw new IllegalStateException(
                    "%s has a cache for each value of its key: ask cache(arguments)".formatted(cacheable.name()));
        }
        return handles.get(cacheable, cacheable.entry().cache(new Object[0]));
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure ? failure : new UndeclaredThrowableException(thrown);
    }

    private void requireNumber(@Nullable Object[] arguments) {
        if (arguments.length != method.getParameterCount()) {
            throw new IllegalArgumentException("%s has %d parameters, but there were %d arguments"
                    .formatted(cacheable.name(), method.getParameterCount(), arguments.length));
        }
    }

    /** Names the method. */
    @Override
    public String toString() {
        return "CachedMethod[%s]".formatted(cacheable.name());
    }
}
