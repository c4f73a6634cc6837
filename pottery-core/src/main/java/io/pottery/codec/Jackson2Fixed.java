package io.pottery.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import org.jspecify.annotations.Nullable;

/** Maps the {@link FixedTypes} as Pottery's own mapper does, whatever modules of the application say. */
final class Jackson2Fixed {

    private final ObjectMapper own;

    private Jackson2Fixed(ObjectMapper own) {
        this.own = own;
    }

    static void setup(Module.SetupContext context, ObjectMapper own) {
        Jackson2Fixed fixed = new Jackson2Fixed(own);
        context.addSerializers(fixed.new Values());
        context.addKeySerializers(fixed.new Keys());
        context.addDeserializers(fixed.new ReadValues());
        context.addKeyDeserializers(fixed.new ReadKeys());
    }

    private @Nullable JsonSerializer<?> serializerOf(JavaType type) {
        try {
            return FixedTypes.contain(type.getRawClass()) ? provider().findValueSerializer(type) : null;
        } catch (JsonMappingException e) {
            throw new IllegalStateException("Cannot write " + type, e);
        }
    }

    private SerializerProvider provider() {
        return own.getSerializerProviderInstance();
    }

    private DeserializationContext context() {
        return ((DefaultDeserializationContext) own.getDeserializationContext())
                .createDummyInstance(own.getDeserializationConfig());
    }

    private @Nullable JsonDeserializer<?> deserializerOf(JavaType type) throws JsonMappingException {
        return FixedTypes.contain(type.getRawClass()) ? context().findNonContextualValueDeserializer(type) : null;
    }

    private final class Values extends Serializers.Base {

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            return serializerOf(type);
        }

        @Override
        public @Nullable JsonSerializer<?> findArraySerializer(
                SerializationConfig config,
                ArrayType type,
                BeanDescription description,
                @Nullable TypeSerializer typeSerializer,
                @Nullable JsonSerializer<Object> elementSerializer) {
            return serializerOf(type);
        }

        @Override
        public @Nullable JsonSerializer<?> findReferenceSerializer(
                SerializationConfig config,
                ReferenceType type,
                BeanDescription description,
                @Nullable TypeSerializer typeSerializer,
                @Nullable JsonSerializer<Object> contentSerializer) {
            return serializerOf(type);
        }
    }

    private final class Keys extends Serializers.Base {

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            try {
                return FixedTypes.contain(type.getRawClass()) ? provider().findKeySerializer(type, null) : null;
            } catch (JsonMappingException e) {
                throw new IllegalStateException("Cannot write keys of " + type, e);
            }
        }
    }

    private final class ReadValues extends Deserializers.Base {

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return deserializerOf(type);
        }

        @Override
        public @Nullable JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return deserializerOf(config.constructType(type));
        }

        @Override
        public @Nullable JsonDeserializer<?> findArrayDeserializer(
                ArrayType type,
                DeserializationConfig config,
                BeanDescription description,
                @Nullable TypeDeserializer typeDeserializer,
                @Nullable JsonDeserializer<?> elementDeserializer)
                throws JsonMappingException {
            return deserializerOf(type);
        }

        @Override
        public @Nullable JsonDeserializer<?> findReferenceDeserializer(
                ReferenceType type,
                DeserializationConfig config,
                BeanDescription description,
                @Nullable TypeDeserializer typeDeserializer,
                @Nullable JsonDeserializer<?> contentDeserializer)
                throws JsonMappingException {
            return deserializerOf(type);
        }
    }

    private final class ReadKeys implements KeyDeserializers {

        @Override
        public @Nullable KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return FixedTypes.contain(type.getRawClass()) ? context().findKeyDeserializer(type, null) : null;
        }
    }
}
