package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Iterator;
import java.util.List;
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
 * @param optional what callers get it in; null if as it is
 */
record CachedResult(Type type, boolean many, @Nullable OptionalType optional) {

    /** What anything may be that is written as JSON, so that nothing tells what it was. */
    private static final Set<Class<?>> ANYTHING =
            Set.of(Object.class, Serializable.class, Number.class, Comparable.class);

    private static final List<Class<?>> USED_UP_BY_READING =
            List.of(BaseStream.class, Iterator.class, InputStream.class, Reader.class, Future.class);

    /**
     * What can be cached of {@code outcome}.
     *
     * @throws AnnotatedMethodException if nothing can
     */
    static CachedResult of(Attributes attributes, Outcome outcome) {
        boolean many = outcome.adapter() != null && outcome.adapter().isMultiValue();
        OptionalType optional = many ? null : OptionalType.of(outcome.value());
        ResolvableType value = optional == null ? outcome.value() : optional.content(outcome.value());
        if (optional != null && OptionalType.of(value) != null) {
            throw attributes.wrong(
                    " cannot cache what it returns, %s: nobody can tell then which of both is empty"
                            .formatted(outcome.type()),
                    null);
        }
        ResolvableType type = closed(value);
        requireReadable(type, attributes, outcome);
        return new CachedResult(
                (many ? ResolvableType.forClassWithGenerics(List.class, type) : type).getType(), many, optional);
    }

    /** The type with classes in the place of all variables and wildcards; none if one stands for anything. */
    private static ResolvableType closed(ResolvableType type) {
        Class<?> raw = type.resolve();
        if (raw == null || ANYTHING.contains(raw) || isRaw(type.getType()) || isOpen(type)) {
            return ResolvableType.NONE;
        }
        if (type.isArray()) {
            ResolvableType component = closed(type.getComponentType());
            return component == ResolvableType.NONE ? component : ResolvableType.forArrayComponent(component);
        }
        ResolvableType[] parts =
                Stream.of(type.getGenerics()).map(CachedResult::closed).toArray(ResolvableType[]::new);
        if (List.of(parts).contains(ResolvableType.NONE)) {
            return ResolvableType.NONE;
        }
        return parts.length == 0 ? ResolvableType.forClass(raw) : ResolvableType.forClassWithGenerics(raw, parts);
    }

    /** Whether the type is a variable that the class of the bean does not tell. */
    private static boolean isOpen(ResolvableType type) {
        return type.getType() instanceof TypeVariable
                && ResolvableType.forClassWithGenerics(Iterable.class, type).hasUnresolvableGenerics();
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

    /** What to return for what was cached. */
    @Nullable
    Object wrapped(@Nullable Object value) {
        return optional == null ? value : optional.wrapped(value);
    }
}
