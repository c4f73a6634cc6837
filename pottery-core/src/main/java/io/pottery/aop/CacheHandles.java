package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.cache.Arguments;
import io.pottery.cache.RedisCache;
import io.pottery.codec.Codec;
import io.pottery.error.AnnotatedMethodException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.core.MethodClassKey;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ConcurrentReferenceHashMap;

/** The caches of methods. A method with one name for all calls has one handle for good, which counts its hits. */
final class CacheHandles {

    private final Supplier<PotteryFactory> pottery;
    private final Map<Name, RedisCache<Arguments, Object>> fixed = new ConcurrentHashMap<>();
    private final Map<Name, RedisCache<Arguments, Object>> changing = new ConcurrentReferenceHashMap<>();

    CacheHandles(Supplier<PotteryFactory> pottery) {
        this.pottery = pottery;
    }

    /** The cache called {@code name} of {@code method}. */
    RedisCache<Arguments, Object> get(CacheableMethod method, String name) {
        return (method.entry().key().isFixed() ? fixed : changing)
                .computeIfAbsent(new Name(method.id(), name), missing -> opened(method, name));
    }

    /**
     * Makes what can be made before {@code method} is called, and sends nothing to Redis.
     *
     * @throws AnnotatedMethodException if the method cannot have its cache
     */
    void prepare(CacheableMethod method) {
        try {
            if (method.entry().key().isFixed()) {
                get(method, method.entry().cache(new Object[0]));
            } else {
                codec(method);
            }
        } catch (RuntimeException e) {
            throw new AnnotatedMethodException(
                    "@RedisCacheable at %s cannot have its cache: %s".formatted(method.name(), e.getMessage()), e);
        }
    }

    private RedisCache<Arguments, Object> opened(CacheableMethod method, String name) {
        return pottery.get().cache(name, Arguments.class, codec(method), method.options());
    }

    private Codec<Object> codec(CacheableMethod method) {
        return pottery.get()
                .json(ParameterizedTypeReference.forType(method.result().type()));
    }

    /** Methods with one name have handles of their own, because they differ in options and types. */
    private record Name(MethodClassKey method, String name) {}
}
