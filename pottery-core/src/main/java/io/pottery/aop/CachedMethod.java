package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.cache.Arguments;
import io.pottery.cache.CacheInfo;
import io.pottery.cache.RedisCache;
import io.pottery.cache.RedisCacheable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
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
            Object bean,
            AnnotationAdvisor advisor,
            AnnotatedMethods<CacheableMethod> methods,
            CacheHandles handles) {
        this.cacheable = cacheable;
        this.method = method;
        this.handles = handles;
        Advisor bypass = new DefaultPointcutAdvisor(
                advisor.getPointcut(), new AnnotationInterceptor<>(methods, CacheableCall.bypass(handles)));
        this.wrapped = proxies(bean, advisor, null);
        this.bypassing = proxies(bean, advisor, bypass);
    }

    /** One for all calls, or one for each if another object may be behind {@code bean} by then. */
    private static Supplier<Object> proxies(Object bean, AnnotationAdvisor advisor, @Nullable Advisor replacement) {
        Supplier<Object> proxies =
                () -> requireNonNull(Proxied.by(advisor, bean)).with(replacement);
        return Proxied.isOfOne(bean) ? SingletonSupplier.of(proxies) : proxies;
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

    /**
     * Removes the entry for calls with {@code arguments}.
     *
     * @throws IllegalArgumentException if they are none for the method, whose variable ones are one array
     */
    public void evict(@Nullable Object... arguments) {
        cache(arguments).evict(cacheable.entry().entry(converted(arguments)));
    }

    /**
     * Calls the method, whatever is cached, and stores its result, which counts neither as found nor as missed. Locks,
     * transactions and other advice are as ever, and so are the conditions of the annotation.
     *
     * @return what the method returns: a {@code Mono} computes when it is subscribed to
     * @throws IllegalArgumentException if the arguments are none for the method, whose variable ones are one array
     * @throws UndeclaredThrowableException if the method throws a checked exception
     */
    public @Nullable Object bypass(@Nullable Object... arguments) {
        @Nullable Object[] converted = converted(arguments);
        Object proxy = bypassing.get();
        Method called = AopUtils.selectInvocableMethod(method, proxy.getClass());
        ReflectionUtils.makeAccessible(called);
        try {
            return called.invoke(proxy, converted);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("%s cannot be called".formatted(cacheable.name()), e);
        }
    }

    /**
     * The bean without this cache, and with all other advice; all its cached methods go past their caches. Of a bean of
     * a scope, it is the object that there is now.
     */
    public Object wrapped() {
        return wrapped.get();
    }

    /** The cache for calls with {@code arguments}; which, does not matter if the key has no <code>#{...}</code>. */
    public RedisCache<Arguments, Object> cache(@Nullable Object... arguments) {
        return handles.get(cacheable, cacheable.entry().cache(converted(arguments)));
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

    /** The arguments as the method gets them: an {@code Integer} for a {@code long} is a {@code Long} then. */
    private @Nullable Object[] converted(@Nullable Object @Nullable [] arguments) {
        if (arguments == null) {
            throw new IllegalArgumentException(
                    "%s: there is no array of arguments; null as the only argument is (Object) null"
                            .formatted(cacheable.name()));
        }
        Class<?>[] types = method.getParameterTypes();
        if (arguments.length != types.length) {
            throw new IllegalArgumentException("%s has %d parameters, but there were %d arguments"
                    .formatted(cacheable.name(), types.length, arguments.length));
        }
        @Nullable Object[] converted = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            converted[i] = converted(i, types[i], arguments[i]);
        }
        return converted;
    }

    private @Nullable Object converted(int index, Class<?> type, @Nullable Object argument) {
        try {
            Object one = Array.newInstance(type, 1); // which takes what a method takes, unlike an assignment of objects
            Array.set(one, 0, argument);
            return Array.get(one, 0);
        } catch (IllegalArgumentException | NullPointerException e) {
            String was = argument == null ? null : "a " + argument.getClass().getTypeName();
            throw new IllegalArgumentException(
                    "%s: argument %d must be a %s, was %s%s"
                            .formatted(
                                    cacheable.name(),
                                    index,
                                    type.getTypeName(),
                                    was,
                                    type.isArray() ? ": give an array as (Object) array" : ""),
                    e);
        }
    }

    /** Names the method. */
    @Override
    public String toString() {
        return "CachedMethod[%s]".formatted(cacheable.name());
    }
}
