package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the {@link RefusedTypes}, and maps the {@link FixedTypes} as Pottery's own mapper does, whatever an
 * application says. Values are as if their classes were annotated, which comes before all modules and what these
 * modify.
 */
final class Jackson2Fixed extends NopAnnotationIntrospector implements KeyDeserializers {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ObjectMapper own;

    /** {@code own} maps what is fixed; null if there is no other mapper anyway. */
    Jackson2Fixed(@Nullable ObjectMapper own) {
        this.own = own;
    }

    @Override
    public @Nullable Object findSerializer(Annotated annotated) {
        if (!(annotated instanceof AnnotatedClass)) {
            return null;
        }
        Class<?> type = annotated.getRawType();
        String reason = RefusedTypes.reasonAgainst(type, Jackson2.FOREIGN_TREE);
        return reason == null ? serializerOf(type) : new Jackson2Refusal<>(reason);
    }

    @Override
    public @Nullable Object findDeserializer(Annotated annotated) {
        if (!(annotated instanceof AnnotatedClass)) {
            return null;
        }
        Class<?> type = annotated.getRawType();
        String reason = RefusedTypes.reasonAgainst(type, Jackson2.FOREIGN_TREE);
        return reason == null ? deserializerOf(type) : new Jackson2Refusal.Reader(type, reason);
    }

    private @Nullable Object serializerOf(Class<?> type) {
        try {
            return own != null && FixedTypes.contain(type)
                    ? own.getSerializerProviderInstance().findValueSerializer(type)
                    : null;
        } catch (JsonMappingException e) {
            throw new IllegalStateException("Cannot write " + type, e);
        }
    }

    private @Nullable Object deserializerOf(Class<?> type) {
        if (own == null || !FixedTypes.contain(type)) {
            return null;
        }
        try {
            return type.isPrimitive() ? new Unboxed(own, type) : deserializerOf(own.constructType(type), own);
        } catch (JsonMappingException e) {
            throw new IllegalStateException("Cannot read " + type, e);
        }
    }

    private static JsonDeserializer<Object> deserializerOf(JavaType type, ObjectMapper mapper)
            throws JsonMappingException {
        return contextOf(mapper).findNonContextualValueDeserializer(type);
    }

    /** What writes keys of {@code type}, null if it is not fixed. */
    @Nullable
    JsonSerializer<Object> keySerializerOf(JavaType type) {
        try {
            return own != null && FixedTypes.contain(type.getRawClass())
                    ? own.getSerializerProviderInstance().findKeySerializer(type, null)
                    : null;
        } catch (JsonMappingException e) {
            throw new IllegalStateException("Cannot write keys of " + type, e);
        }
    }

    @Override
    public @Nullable KeyDeserializer findKeyDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
        return own != null && FixedTypes.contain(type.getRawClass())
                ? contextOf(own).findKeyDeserializer(type, null)
                : null;
    }

    private static DeserializationContext contextOf(ObjectMapper mapper) {
        return ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
    }

    /** Jackson describes {@code Integer} as {@code int}, and only here says which of them it wants. */
    private static final class Unboxed extends StdDeserializer<Object> implements ContextualDeserializer {

        private static final long serialVersionUID = 1L;

        private final transient ObjectMapper own;

        Unboxed(ObjectMapper own, Class<?> type) {
            super(type);
            this.own = own;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            JavaType type = context.getContextualType();
            return context.handleSecondaryContextualization(deserializerOf(type, own), property, type);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return context.handleUnexpectedToken(handledType(), parser);
        }
    }
}
