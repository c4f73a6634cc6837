package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What is cached of what a method returns.
 *
 * @param type its type
 * @param many whether it is the list of all elements
 * @param optional whether callers get it in an {@code Optional}
 */
record CachedResult(Type type, boolean many, boolean optional) {

    private static final List<Class<?>> USED_UP_BY_READING =
            List.of(BaseStream.class, Iterator.class, InputStream.class, Reader.class, Future.class);

    /**
     * What can be cached of {@code outcome}.
     *
     * @throws AnnotatedMethodException if nothing can
     */
    static CachedResult of(Attributes attributes, Outcome outcome) {
        boolean many = outcome.adapter() != null && outcome.adapter().isMultiValue();
        boolean optional = !many && outcome.value().resolve() == Optional.class;
        ResolvableType value = optional ? outcome.value().getGeneric() : outcome.value();
        ResolvableType type = closed(value, Set.of());
        requireReadable(type, attributes, outcome);
        return new CachedResult(
                (many ? ResolvableType.forClassWithGenerics(List.class, type) : type).getType(), many, optional);
    }

    /**
     * The type with classes in the place of all variables and wildcards; none if there is one without.
     *
     * @param within variables that are about to be replaced
     */
    private static ResolvableType closed(ResolvableType type, Set<Type> within) {
        Class<?> raw = type.resolve();
        if (raw == null || within.contains(type.getType()) || isRaw(type.getType())) {
            return ResolvableType.NONE;
        }
        Set<Type> inner = new HashSet<>(within);
        if (type.getType() instanceof TypeVariable) {
            inner.add(type.getType());
        }
        if (type.isArray()) {
            ResolvableType component = closed(type.getComponentType(), inner);
            return component == ResolvableType.NONE ? component : ResolvableType.forArrayComponent(component);
        }
        ResolvableType[] parts =
                Stream.of(type.getGenerics()).map(each -> closed(each, inner)).toArray(ResolvableType[]::new);
        if (List.of(parts).contains(ResolvableType.NONE)) {
            return ResolvableType.NONE;
        }
        return parts.length == 0 ? ResolvableType.forClass(raw) : ResolvableType.forClassWithGenerics(raw, parts);
    }

    private static boolean isRaw(Type type) {
        return type instanceof Class<?> plain && plain.getTypeParameters().length > 0;
    }

    private static void requireReadable(ResolvableType type, Attributes attributes, Outcome outcome) {
        Class<?> raw = type.resolve(Object.class);
        if (raw == void.class || raw == Void.class) {
            throw attributes.wrong(" has nothing to cache: it returns %s".formatted(outcome.type()), null);
        }
        if (raw == Object.class) {
            throw attributes.wrong(
                    " cannot cache what it returns, %s: nobody can tell what to read then, so name the types"
                            .formatted(outcome.type()),
                    null);
        }
        if (USED_UP_BY_READING.stream().anyMatch(each -> each.isAssignableFrom(raw))
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) != null) {
            throw attributes.wrong(
                    " cannot cache a %s, which is used up by whoever has it first: return what comes out of it, as a list, say"
                            .formatted(raw.getName()),
                    null);
        }
    }

    /** What to cache of {@code returned}. */
    static @Nullable Object unwrapped(@Nullable Object returned) {
        return returned instanceof Optional<?> optional ? optional.orElse(null) : returned;
    }

    /** What to return for what was cached. */
    @Nullable
    Object wrapped(@Nullable Object value) {
        return optional ? Optional.ofNullable(value) : value;
    }
}
