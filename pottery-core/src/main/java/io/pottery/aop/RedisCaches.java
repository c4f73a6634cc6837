package io.pottery.aop;

import io.pottery.cache.RedisCacheable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * The caches of {@link RedisCacheable} methods: how often results were found, and ways past the cache. It is a bean;
 * have it injected.
 *
 * <pre>{@code
 * CachedMethod report = caches.of(reports, "report");
 * report.cacheInfo().hits();
 * report.bypass(2026, region);
 * }</pre>
 */
public final class RedisCaches {

    private final AnnotatedMethods<CacheableMethod> methods;
    private final AnnotationAdvisor advisor;
    private final CacheHandles handles;

    RedisCaches(AnnotatedMethods<CacheableMethod> methods, AnnotationAdvisor advisor, CacheHandles handles) {
        this.methods = methods;
        this.advisor = advisor;
        this.handles = handles;
    }

    /**
     * The method of {@code bean} called {@code method}. Whoever needs it again and again keeps it; of a bean of a
     * scope, too, whose object is asked for anew by each call.
     *
     * @param parameterTypes of the class of the bean, as they are after erasure; needed only if several cached methods
     *     have that name
     * @throws IllegalArgumentException if there is no such method with {@link RedisCacheable}, or several, or calls of
     *     {@code bean} do not come to its cache
     */
    public CachedMethod of(Object bean, String method, Class<?>... parameterTypes) {
        Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
        Map<Method, CacheableMethod> cached = methods.of(type);
        List<Map.Entry<Method, CacheableMethod>> found = cached.entrySet().stream()
                .filter(each -> matches(each.getKey(), method, parameterTypes))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("%s has no method %s%s with @RedisCacheable: there is %s"
                    .formatted(type.getName(), method, text(parameterTypes), signatures(cached.keySet().stream())));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%s has several methods with @RedisCacheable, %s: give the parameter types, too"
                            .formatted(type.getName(), signatures(found.stream().map(Map.Entry::getKey))));
        }
        if (Proxied.by(advisor, bean) == null) {
            throw new IllegalArgumentException(
                    "This %s is no bean with the advice of @RedisCacheable: it may be the object inside, as this is, or of another context"
                            .formatted(type.getName()));
        }
        return new CachedMethod(found.get(0).getValue(), found.get(0).getKey(), bean, advisor, methods, handles);
    }

    private static boolean matches(Method method, String name, Class<?>[] parameterTypes) {
        return method.getName().equals(name)
                && (parameterTypes.length == 0 || Arrays.equals(method.getParameterTypes(), parameterTypes));
    }

    private static String signatures(Stream<Method> methods) {
        List<String> all = methods.map(method -> method.getName() + text(method.getParameterTypes()))
                .sorted()
                .toList();
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static String text(Class<?>[] types) {
        return Stream.of(types)
                .map(Class::getSimpleName)
                .toList()
                .toString()
                .replace('[', '(')
                .replace(']', ')');
    }
}
