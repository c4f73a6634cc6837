package io.pottery.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdKeySerializers;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Jackson does differently here: keys keep their types, numbers are strict, and some types are refused. */
final class Jackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    Jackson2Module() {
        super("pottery");
        addKeySerializer(Number.class, new Jackson2Key());
        addKeySerializer(Boolean.class, new Jackson2Key());
        addDeserializer(Byte.class, new Jackson2Byte(Byte.class));
        addDeserializer(byte.class, new Jackson2Byte(byte.class));
        addKeyDeserializer(Byte.class, new Jackson2ByteKey());
        addSerializer(Class.class, new Jackson2Refusal<>(Jackson2NoClass.REASON));
        addKeySerializer(Class.class, new Jackson2Refusal<>(Jackson2NoClass.REASON));
        addDeserializer(Class.class, new Jackson2NoClass());
        addKeyDeserializer(Class.class, new Jackson2NoClass.Key());
        addDeserializer(Float.class, new Jackson2Real<>(Float.class));
        addDeserializer(float.class, new Jackson2Real<>(float.class));
        addDeserializer(Double.class, new Jackson2Real<>(Double.class));
        addDeserializer(double.class, new Jackson2Real<>(double.class));
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        ObjectMapper mapper = context.getOwner();
        context.addBeanSerializerModifier(new Refusals(mapper));
        context.addBeanDeserializerModifier(new TextsOnly());
        mapper.getSerializerProvider().setNullKeySerializer(new Jackson2Key());
    }

    private static final class TextsOnly extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            Class<?> type = description.getBeanClass();
            boolean date = type.getPackage() == Instant.class.getPackage() || Date.class.isAssignableFrom(type);
            return date && !type.isEnum() ? new Jackson2Text(deserializer) : deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config,
                ArrayType type,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            return type.hasRawClass(byte[].class) ? new Jackson2Text(deserializer) : deserializer;
        }
    }

    private static final class Refusals extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        private final transient ObjectMapper mapper;

        Refusals(ObjectMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            Class<?> type = description.getBeanClass();
            boolean accidental = type.isHidden() || ClassUtil.isJDKClass(type);
            return accidental && serializer instanceof BeanSerializerBase
                    ? new Jackson2Refusal<>(
                            "the class is not a value that JSON has a form for; store what it stands for")
                    : serializer;
        }

        @Override
        public JsonSerializer<?> modifyKeySerializer(
                SerializationConfig config,
                JavaType type,
                @Nullable BeanDescription description,
                JsonSerializer<?> serializer) {
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
}
