package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import io.pottery.lock.Synchronized;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * The methods of each class that {@link Synchronized} is for. What stands at a method goes before what stands at a
 * type, and a class before its interfaces.
 */
final class SynchronizedMethods {

    private static final int NEVER_ADVISED = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
    private static final int NEVER_CALLED_ON_A_BEAN = Modifier.PRIVATE | Modifier.STATIC;

    private static final Log LOG = LogFactory.getLog(SynchronizedMethods.class);

    private final Map<Class<?>, Map<Method, SynchronizedMethod>> known = new ConcurrentReferenceHashMap<>();
    private final Placeholders placeholders;

    SynchronizedMethods(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /**
     * The methods of {@code type}.
     *
     * @throws AnnotatedMethodException if one of them would run without its lock, or cannot have it
     */
    Map<Method, SynchronizedMethod> of(Class<?> type) {
        Class<?> target = ClassUtils.getUserClass(type);
        Map<Method, SynchronizedMethod> methods = known.get(target);
        if (methods == null) {
            methods = AnnotationUtils.isCandidateClass(target, Synchronized.class) ? found(target) : Map.of();
            known.put(target, methods);
        }
        return methods;
    }

    /** Like {@link #of}, and none of a class that refers to others which are not there: it cannot be proxied anyway. */
    Map<Method, SynchronizedMethod> ifLoaded(Class<?> type) {
        try {
            return of(type);
        } catch (IllegalStateException e) {
            LOG.debug("%s cannot be looked at".formatted(type), e);
            return Map.of();
        }
    }

    /** What {@code method} has to do when it is called on an object of {@code type}; null if nothing. */
    @Nullable
    SynchronizedMethod get(Method method, Class<?> type) {
        Map<Method, SynchronizedMethod> methods = of(type);
        return methods.isEmpty() ? null : methods.get(implementation(method, ClassUtils.getUserClass(type)));
    }

    private Map<Method, SynchronizedMethod> found(Class<?> target) {
        Set<Class<?>> types = new LinkedHashSet<>();
        if (!Proxy.isProxyClass(target)) { // whose methods are final, and have no annotations
            types.add(target);
        }
        types.addAll(ClassUtils.getAllInterfacesForClassAsSet(target));
        Map<Method, SynchronizedMethod> methods = new LinkedHashMap<>();
        add(types, target, SynchronizedMethods::atMethod, methods);
        add(types, target, SynchronizedMethods::atType, methods);
        return methods;
    }

    private void add(Set<Class<?>> types, Class<?> target, Place where, Map<Method, SynchronizedMethod> methods) {
        for (Class<?> type : types) {
            ReflectionUtils.doWithMethods(
                    type,
                    declared -> {
                        Method method = implementation(declared, target);
                        MergedAnnotation<Synchronized> annotation = where.annotation(method, declared, target);
                        if (annotation.isPresent() && !methods.containsKey(method)) {
                            methods.put(
                                    method, SynchronizedMethod.of(method, declared, target, annotation, placeholders));
                        }
                    },
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
    }

    /**
     * The method that runs for {@code declared}: that of the class, or the most special one of a proxy's interfaces.
     */
    private static Method implementation(Method declared, Class<?> target) {
        if (!Proxy.isProxyClass(target)) {
            return AopUtils.getMostSpecificMethod(declared, target);
        }
        return Stream.of(target.getInterfaces())
                .filter(declared.getDeclaringClass()::isAssignableFrom)
                .findFirst()
                .map(type -> AopUtils.getMostSpecificMethod(declared, type))
                .orElse(declared);
    }

    /** What stands at {@code method}, or at {@code declared}, which it implements. */
    private static MergedAnnotation<Synchronized> atMethod(Method method, Method declared, Class<?> target) {
        MergedAnnotation<Synchronized> annotation = first(SearchStrategy.TYPE_HIERARCHY, method, declared);
        if (annotation.isPresent()) {
            requireNo(NEVER_ADVISED, method, target);
        }
        return annotation;
    }

    /** What stands at the type that declares {@code method}, or {@code declared}, which it implements. */
    private static MergedAnnotation<Synchronized> atType(Method method, Method declared, Class<?> target) {
        if ((method.getModifiers() & NEVER_CALLED_ON_A_BEAN) != 0 || ReflectionUtils.isObjectMethod(method)) {
            return MergedAnnotation.missing();
        }
        MergedAnnotation<Synchronized> annotation =
                first(SearchStrategy.DIRECT, method.getDeclaringClass(), declared.getDeclaringClass());
        if (annotation.isPresent()) {
            requireNo(Modifier.FINAL, method, target);
        }
        return annotation;
    }

    private static MergedAnnotation<Synchronized> first(
            SearchStrategy strategy, AnnotatedElement one, AnnotatedElement other) {
        MergedAnnotation<Synchronized> annotation =
                MergedAnnotations.from(one, strategy).get(Synchronized.class);
        return annotation.isPresent() || one.equals(other)
                ? annotation
                : MergedAnnotations.from(other, strategy).get(Synchronized.class);
    }

    private static void requireNo(int modifiers, Method method, Class<?> target) {
        int found = method.getModifiers() & modifiers;
        if (found != 0) {
            throw unlocked(
                    method,
                    "it is %s, so that no proxy comes between: take that away".formatted(Modifier.toString(found)));
        }
        boolean isPackagePrivate = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0;
        if (isPackagePrivate && !method.getDeclaringClass().getPackage().equals(target.getPackage())) {
            throw unlocked(
                    method,
                    "no proxy of %s, in another package, can override it: make it protected"
                            .formatted(target.getName()));
        }
    }

    private static AnnotatedMethodException unlocked(Method method, String why) {
        return new AnnotatedMethodException(
                "%s would run without the lock of @Synchronized, because %s, or use pottery.redlock(...) inside"
                        .formatted(ClassUtils.getQualifiedMethodName(method), why));
    }

    /** Where an annotation may stand. */
    @FunctionalInterface
    private interface Place {
        MergedAnnotation<Synchronized> annotation(Method method, Method declared, Class<?> target);
    }
}
