package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import io.pottery.lock.Synchronized;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
        Map<AnnotatedElement, MergedAnnotation<Synchronized>> seen = new HashMap<>();
        for (Class<?> type : types) {
            ReflectionUtils.doWithMethods(
                    type,
                    declared -> {
                        Method method = implementation(declared, target);
                        MergedAnnotation<Synchronized> annotation = annotation(method, declared, seen);
                        if (annotation.isPresent() && !methods.containsKey(method)) {
                            methods.put(method, SynchronizedMethod.of(method, target, annotation, placeholders));
                        }
                    },
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
        return methods;
    }

    private static Method implementation(Method declared, Class<?> target) {
        return Proxy.isProxyClass(target) ? declared : AopUtils.getMostSpecificMethod(declared, target);
    }

    /** What stands at {@code method} or at {@code declared}, which it implements, or at their types. */
    private static MergedAnnotation<Synchronized> annotation(
            Method method, Method declared, Map<AnnotatedElement, MergedAnnotation<Synchronized>> seen) {
        MergedAnnotation<Synchronized> own = first(method, declared, seen);
        if (own.isPresent()) {
            requireNo(NEVER_ADVISED, method);
            return own;
        }
        if ((method.getModifiers() & NEVER_CALLED_ON_A_BEAN) != 0 || ReflectionUtils.isObjectMethod(method)) {
            return own;
        }
        MergedAnnotation<Synchronized> ofType = first(method.getDeclaringClass(), declared.getDeclaringClass(), seen);
        if (ofType.isPresent()) {
            requireNo(Modifier.FINAL, method);
        }
        return ofType;
    }

    private static MergedAnnotation<Synchronized> first(
            AnnotatedElement one, AnnotatedElement other, Map<AnnotatedElement, MergedAnnotation<Synchronized>> seen) {
        MergedAnnotation<Synchronized> annotation = seen.computeIfAbsent(one, SynchronizedMethods::at);
        return annotation.isPresent() ? annotation : seen.computeIfAbsent(other, SynchronizedMethods::at);
    }

    private static MergedAnnotation<Synchronized> at(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).get(Synchronized.class);
    }

    private static void requireNo(int modifiers, Method method) {
        int found = method.getModifiers() & modifiers;
        if (found != 0) {
            throw new AnnotatedMethodException(
                    "%s would run without the lock of @Synchronized, because it is %s, so that no proxy comes between: take that away, or use pottery.redlock(...) inside"
                            .formatted(ClassUtils.getQualifiedMethodName(method), Modifier.toString(found)));
        }
    }
}
