package io.pottery.codec;

import java.lang.reflect.Type;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Makes the codecs of Java types: JSON as Python's {@code json.dumps(value, sort_keys=True)} writes it.
 *
 * <p>A codec reads only the type that it was made for, whatever the text says: no class is ever named in Redis. Equal
 * values are equal bytes, sets and maps of any kind included. What each type becomes, and what is refused, stands in
 * docs/wire-format.md. Immutable and safe for use by many threads; codecs are cheap to keep and costly to make anew for
 * every call.
 */
public final class JsonCodecs {

    private static final Map<Class<?>, Codec<?>> SCALARS = Map.of(
            String.class, new StringCodec(),
            Integer.class, new IntegerCodec(),
            Long.class, new LongCodec(),
            Double.class, new DoubleCodec(),
            Boolean.class, new BooleanCodec());

    private final Jackson2 jackson = new Jackson2();

    /** Creates codecs that map objects with Jackson 2, configured by Pottery alone. */
    public JsonCodecs() {}

    /**
     * Returns the codec of {@code type}; a primitive type is the same as its wrapper.
     *
     * @throws IllegalArgumentException if the type asks for names of classes in its JSON
     */
    @SuppressWarnings("unchecked") // a scalar codec stands under its own type
    public <T> Codec<T> of(Class<T> type) {
        Class<T> wrapped = (Class<T>) ClassUtils.resolvePrimitiveIfNecessary(type);
        Codec<?> scalar = SCALARS.get(wrapped);
        return scalar == null ? new JsonCodec<>(wrapped, jackson.mappingOf(wrapped)) : (Codec<T>) scalar;
    }

    /**
     * Returns the codec of a type with type arguments, such as {@code new ParameterizedTypeReference<List<Order>>()
     * {}}.
     */
    @SuppressWarnings("unchecked") // the raw class of T
    public <T> Codec<T> of(ParameterizedTypeReference<T> reference) {
        Type type = reference.getType();
        Class<T> raw = (Class<T>) ResolvableType.forType(type).toClass();
        return type instanceof Class ? of(raw) : new JsonCodec<>(raw, jackson.mappingOf(type));
    }
}
