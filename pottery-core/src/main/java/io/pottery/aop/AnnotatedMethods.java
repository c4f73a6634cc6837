package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
 * The methods of each class that an annotation is for. What stands at a method goes before what stands at a type, and a
 * class before its interfaces.
 *
 * @param <T> what such a method has to do
 */
final class AnnotatedMethods<T> {

    private static final int NEVER_ADVISED = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
    private static final int NEVER_CALLED_ON_A_BEAN = Modifier.PRIVATE | Modifier.STATIC;

    private static final Log LOG = LogFactory.getLog(AnnotatedMethods.class);

    private final Map<Class<?>, Map<Method, T>> known = new ConcurrentReferenceHashMap<>();
    private final AdvisedAnnotation<T> annotation;
    private final Placeholders placeholders;

    AnnotatedMethods(AdvisedAnnotation<T> annotation, Placeholders placeholders) {
        this.annotation = annotation;
        this.placeholders = placeholders;
    }

    /**
     * The methods of {@code type}.
     *
     * @throws AnnotatedMethodException if one of them would run without its advice, or cannot have it
     */
    Map<Method, T> of(Class<?> type) {
        Class<?> target = ClassUtils.getUserClass(type);
        Map<Method, T> methods = known.get(target);
        if (methods == null) {
            methods = AnnotationUtils.isCandidateClass(target, annotation.type())
                    ? found(target, declared(target))
                    : Map.of();
            known.put(target, methods);
        }
        return methods;
    }

    /** Like {@link #of}, and none of a class that refers to others which are not there: it cannot be proxied anyway. */
    Map<Method, T> ifLoaded(Class<?> type) {
        Class<?> target = ClassUtils.getUserClass(type);
        if (!known.containsKey(target)) {
            try {
                declared(target);
            } catch (IllegalStateException e) {
                LOG.debug("%s cannot be looked at".formatted(type), e);
                return Map.of();
            }
        }
        return of(target);
    }

    /** What all methods have to do whose classes were looked at. */
    Stream<T> all() {
        return known.values().stream().flatMap(methods -> methods.values().stream());
    }

    /** What {@code method} has to do when it is called on an object of {@code type}; null if nothing. */
    @Nullable
    T get(Method method, Class<?> type) {
        Map<Method, T> methods = of(type);
        return methods.isEmpty() ? null : methods.get(implementation(method, ClassUtils.getUserClass(type)));
    }

    /**
     * The methods of {@code target} as they are declared, by the class before its interfaces.
     *
     * @throws IllegalStateException if the class refers to others which are not there
     */
    private static List<Method> declared(Class<?> target) {
        Set<Class<?>> types = new LinkedHashSet<>();
        if (!Proxy.isProxyClass(target)) { // whose methods are final, and have no annotations
            types.add(target);
        }
        types.addAll(ClassUtils.getAllInterfacesForClassAsSet(target));
        List<Method> declared = new ArrayList<>();
        types.forEach(
                type -> ReflectionUtils.doWithMethods(type, declared::add, ReflectionUtils.USER_DECLARED_METHODS));
        return declared;
    }

    private Map<Method, T> found(Class<?> target, List<Method> declared) {
        Map<Method, T> methods = new LinkedHashMap<>();
        declared.forEach(each -> add(each, target, this::atMethod, methods));
        declared.forEach(each -> add(each, target, this::atType, methods));
        return methods;
    }

    private void add(Method declared, Class<?> target, Place where, Map<Method, T> methods) {
        Method method = implementation(declared, target);
        List<? extends MergedAnnotation<?>> found = where.annotations(method, declared, target);
        if (!found.isEmpty() && !methods.containsKey(method)) {
            methods.put(method, meaning(method, declared, target, found));
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

    private T meaning(
            Method method, Method declared, Class<?> target, List<? extends MergedAnnotation<?>> annotations) {
        String name = nameOf(method, target);
        return annotation
                .meaning()
                .apply(annotations.stream()
                        .map(each -> new Attributes(name, method, declared, target, each, placeholders))
                        .toList());
    }

    /** What messages call {@code method} of {@code target}. */
    static String nameOf(Method method, Class<?> target) {
        return ClassUtils.getQualifiedMethodName(
                method, Proxy.isProxyClass(target) ? method.getDeclaringClass() : target);
    }

    /** What stands at {@code method}, or at {@code declared}, which it implements. */
    private List<? extends MergedAnnotation<?>> atMethod(Method method, Method declared, Class<?> target) {
        List<? extends MergedAnnotation<?>> found = nearest(SearchStrategy.TYPE_HIERARCHY, method, declared);
        if (!found.isEmpty()) {
            requireNo(NEVER_ADVISED, method, target);
        }
        return found;
    }

    /** What stands at the type that declares {@code method}, or {@code declared}, which it implements. */
    private List<? extends MergedAnnotation<?>> atType(Method method, Method declared, Class<?> target) {
        if ((method.getModifiers() & NEVER_CALLED_ON_A_BEAN) != 0 || ReflectionUtils.isObjectMethod(method)) {
            return List.of();
        }
        List<? extends MergedAnnotation<?>> found =
                nearest(SearchStrategy.DIRECT, method.getDeclaringClass(), declared.getDeclaringClass());
        if (!found.isEmpty()) {
            requireForTypes(found.get(0));
            requireNo(Modifier.FINAL, method, target);
        }
        return found;
    }

    private List<? extends MergedAnnotation<?>> nearest(
            SearchStrategy strategy, AnnotatedElement one, AnnotatedElement other) {
        List<? extends MergedAnnotation<?>> found = nearest(strategy, one);
        return found.isEmpty() && !one.equals(other) ? nearest(strategy, other) : found;
    }

    private List<? extends MergedAnnotation<?>> nearest(SearchStrategy strategy, AnnotatedElement element) {
        List<? extends MergedAnnotation<?>> found = MergedAnnotations.from(element, strategy).stream(annotation.type())
                .toList();
        return found.stream()
                .filter(each -> each.getAggregateIndex() == found.get(0).getAggregateIndex())
                .toList();
    }

    /** An annotation that is not for types can stand at one as part of another annotation. */
    private void requireForTypes(MergedAnnotation<?> found) {
        if (!annotation.atTypes()) {
            throw new AnnotatedMethodException("%s is for methods, not for all of %s: put it at each of them"
                    .formatted(annotation.at(), found.getSource()));
        }
    }

    private void requireNo(int modifiers, Method method, Class<?> target) {
        int found = method.getModifiers() & modifiers;
        if (found != 0) {
            throw without(
                    method,
                    "it is %s, so that no proxy comes between: take that away".formatted(Modifier.toString(found)));
        }
        boolean isPackagePrivate = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0;
        if (isPackagePrivate && !method.getDeclaringClass().getPackage().equals(target.getPackage())) {
            throw without(
                    method,
                    "no proxy of %s, in another package, can override it: make it protected"
                            .formatted(target.getName()));
        }
    }

    private AnnotatedMethodException without(Method method, String why) {
        return annotation.without(
                ClassUtils.getQualifiedMethodName(method), "%s, or use %s inside".formatted(why, annotation.instead()));
    }

    /** Says why {@code method} of {@code target} would run without its advice. */
    AnnotatedMethodException without(Method method, Class<?> target, String why) {
        return annotation.without(nameOf(method, target), why);
    }

    /** Where annotations may stand. */
    @FunctionalInterface
    private interface Place {
        List<? extends MergedAnnotation<?>> annotations(Method method, Method declared, Class<?> target);
    }
}
