package io.pottery.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdKeySerializers;
import org.jspecify.annotations.Nullable;

/** Refuses to write what could not be read back as it was. */
final class Jackson2Writing extends BeanSerializerModifier {

    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper mapper;

    Jackson2Writing(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        String reason = RefusedTypes.reasonAgainst(type, Jackson2.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson2Refusal<>(reason);
        }
        if (!(serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer)) {
            return serializer;
        }
        return new Jackson2Bean(
                description.getType(),
                RefusedTypes.hasAccidentalProperties(type) ? new Jackson2Refusal<>(RefusedTypes.NO_VALUE) : serializer,
                null);
    }

    @Override
    public JsonSerializer<?> modifyKeySerializer(
            SerializationConfig config,
            JavaType type,
            @Nullable BeanDescription description,
            JsonSerializer<?> serializer) {
        String reason = RefusedTypes.reasonAgainst(type.getRawClass(), Jackson2.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson2Refusal<>(reason);
        }
        boolean comesBack = !(serializer instanceof StdKeySerializers.Default)
                || KeyTexts.comeBack(type.getRawClass(), () -> isReadable(type));
        return comesBack ? serializer : new Jackson2Refusal<>(RefusedTypes.NO_KEY);
    }

    private boolean isReadable(JavaType type) {
        try {
            context().findKeyDeserializer(type, null);
            return true;
        } catch (JsonMappingException e) {
            return false;
        }
    }

    private DeserializationContext context() {
        return ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
    }
}
