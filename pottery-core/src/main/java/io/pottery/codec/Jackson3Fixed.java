package io.pottery.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.KeyDeserializers;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses the {@link RefusedTypes}, and maps the {@link FixedTypes} as Pottery's own mapper does, whatever an
 * application says. Values are as if their classes were annotated, which comes before all modules and what these
 * modify.
 */
final class Jackson3Fixed extends NopAnnotationIntrospector implements KeyDeserializers {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable JsonMapper own;

    /** {@code own} maps what is fixed; null if there is no other mapper anyway. */
    Jackson3Fixed(@Nullable JsonMapper own) {
        this.own = own;
    }

    @Override
    public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
        if (!(annotated instanceof AnnotatedClass)) {
            return null;
        }
        Class<?> type = annotated.getRawType();
        String reason = RefusedTypes.reasonAgainst(type, Jackson3.FOREIGN_TREE);
        return reason == null ? serializerOf(type) : new Jackson3Refusal<>(reason);
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
        if (!(annotated instanceof AnnotatedClass)) {
            return null;
        }
        Class<?> type = annotated.getRawType();
        String reason = RefusedTypes.reasonAgainst(type, Jackson3.FOREIGN_TREE);
        return reason == null ? deserializerOf(type) : new Jackson3Refusal.Reader(type, reason);
    }

    private @Nullable Object serializerOf(Class<?> type) {
        return own != null && FixedTypes.contain(type)
                ? own._serializationContext().findValueSerializer(type)
                : null;
    }

    private @Nullable Object deserializerOf(Class<?> type) {
        if (own == null || !FixedTypes.contain(type)) {
            return null;
        }
        return type.isPrimitive() ? new Unboxed(own, type) : deserializerOf(own.constructType(type), own);
    }

    private static ValueDeserializer<Object> deserializerOf(JavaType type, JsonMapper mapper) {
        return mapper._deserializationContext().findNonContextualValueDeserializer(type);
    }

    /** What writes keys of {@code type}, null if it is not fixed. */
    @Nullable
    ValueSerializer<Object> keySerializerOf(JavaType type) {
        return own != null && FixedTypes.contain(type.getRawClass())
                ? own._serializationContext().findKeySerializer(type, null)
                : null;
    }

    @Override
    public @Nullable KeyDeserializer findKeyDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return own != null && FixedTypes.contain(type.getRawClass())
                ? own._deserializationContext().findKeyDeserializer(type, null)
                : null;
    }

    /** Jackson describes {@code Integer} as {@code int}, and only here says which of them it wants. */
    private static final class Unboxed extends StdDeserializer<Object> {

        private final JsonMapper own;

        Unboxed(JsonMapper own, Class<?> type) {
            super(type);
            this.own = own;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType type = context.getContextualType();
            return context.handleSecondaryContextualization(deserializerOf(type, own), property, type);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            return context.handleUnexpectedToken(handledType(), parser);
        }
    }
}
