package io.pottery.codec;

import java.lang.reflect.Type;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Codecs that ask a JSON library for all but the scalars. */
abstract class MappedCodecs implements JsonCodecs {

    private static final Map<Class<?>, Codec<?>> SCALARS = Map.of(
            String.class, new StringCodec(),
            Integer.class, new IntegerCodec(),
            Long.class, new LongCodec(),
            Double.class, new DoubleCodec(),
            Boolean.class, new BooleanCodec());

    abstract JsonMapping mappingOf(Type type);

    @Override
    @SuppressWarnings("unchecked") // a scalar codec stands under its own type
    public final <T> Codec<T> of(Class<T> type) {
        Class<T> wrapped = (Class<T>) ClassUtils.resolvePrimitiveIfNecessary(type);
        Codec<?> scalar = SCALARS.get(wrapped);
        return scalar == null ? new JsonCodec<>(wrapped, mappingOf(wrapped)) : (Codec<T>) scalar;
    }

    @Override
    @SuppressWarnings("unchecked") // the raw class of T
    public final <T> Codec<T> of(ParameterizedTypeReference<T> reference) {
        Type type = reference.getType();
        Class<T> raw = (Class<T>) ResolvableType.forType(type).toClass();
        return type instanceof Class ? of(raw) : new JsonCodec<>(raw, mappingOf(type));
    }
}
