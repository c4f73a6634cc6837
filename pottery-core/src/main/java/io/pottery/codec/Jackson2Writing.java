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
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.util.Collection;
import java.util.Map;
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
        String reason = Jackson2Refusal.reasonAgainst(type);
        if (reason != null) {
            return new Jackson2Refusal<>(reason);
        }
        if (!(serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer)) {
            return serializer;
        }
        boolean accidental = type.isHidden() || ClassUtil.isJDKClass(type);
        return new Jackson2Bean(
                description.getType(),
                accidental
                        ? new Jackson2Refusal<>(
                                "the class is not a value that JSON has a form for; store what it stands for")
                        : serializer,
                null);
    }

    @Override
    public JsonSerializer<?> modifyKeySerializer(
            SerializationConfig config,
            JavaType type,
            @Nullable BeanDescription description,
            JsonSerializer<?> serializer) {
        String reason = Jackson2Refusal.reasonAgainst(type.getRawClass());
        if (reason != null) {
            return new Jackson2Refusal<>(reason);
        }
        return serializer instanceof StdKeySerializers.Default && !isText(type)
                ? new Jackson2Refusal<>("such keys cannot be read back; use texts, numbers or booleans")
                : serializer;
    }

    private boolean isText(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isArray() || Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
            return false;
        }
        return ClassUtil.isJDKClass(raw) ? hasOwnText(raw) : isReadable(type);
    }

    private static boolean hasOwnText(Class<?> raw) {
        try {
            return raw.isInterface() || raw.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private boolean isReadable(JavaType type) {
        try {
            context().findKeyDeserializer(type, null);
            return true;
        } catch (JsonMappingException e) {
            return false;
        }
    }

    @SuppressWarnings("NullAway") // Jackson takes null for "no parser" and "nothing to inject"
    private DeserializationContext context() {
        return ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createInstance(mapper.getDeserializationConfig(), null, null);
    }
}
