package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.KeyDeserializers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.ReferenceType;

/** Maps the {@link FixedTypes} as Pottery's own mapper does, whatever modules of the application say. */
final class Jackson3Fixed {

    private final JsonMapper own;

    private Jackson3Fixed(JsonMapper own) {
        this.own = own;
    }

    static void setup(JacksonModule.SetupContext context, JsonMapper own) {
        Jackson3Fixed fixed = new Jackson3Fixed(own);
        context.addSerializers(fixed.new Values());
        context.addKeySerializers(fixed.new Keys());
        context.addDeserializers(fixed.new ReadValues());
        context.addKeyDeserializers(fixed.new ReadKeys());
    }

    private @Nullable ValueSerializer<?> serializerOf(JavaType type) {
        return FixedTypes.contain(type.getRawClass())
                ? own._serializationContext().findValueSerializer(type)
                : null;
    }

    private @Nullable ValueDeserializer<?> deserializerOf(JavaType type) {
        return FixedTypes.contain(type.getRawClass())
                ? own._deserializationContext().findNonContextualValueDeserializer(type)
                : null;
    }

    private final class Values extends Serializers.Base {

        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            return serializerOf(type);
        }

        @Override
        public @Nullable ValueSerializer<?> findEnumSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            return serializerOf(type);
        }

        @Override
        public @Nullable ValueSerializer<?> findArraySerializer(
                SerializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format,
                @Nullable TypeSerializer typeSerializer,
                @Nullable ValueSerializer<Object> elementSerializer) {
            return serializerOf(type);
        }

        @Override
        public @Nullable ValueSerializer<?> findReferenceSerializer(
                SerializationConfig config,
                ReferenceType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format,
                @Nullable TypeSerializer typeSerializer,
                @Nullable ValueSerializer<Object> contentSerializer) {
            return serializerOf(type);
        }
    }

    private final class Keys extends Serializers.Base {

        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            return FixedTypes.contain(type.getRawClass())
                    ? own._serializationContext().findKeySerializer(type, null)
                    : null;
        }
    }

    private final class ReadValues extends Deserializers.Base {

        @Override
        public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return deserializerOf(type);
        }

        @Override
        public @Nullable ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return deserializerOf(type);
        }

        @Override
        public @Nullable ValueDeserializer<?> findArrayDeserializer(
                ArrayType type,
                DeserializationConfig config,
                BeanDescription.Supplier description,
                @Nullable TypeDeserializer typeDeserializer,
                @Nullable ValueDeserializer<?> elementDeserializer) {
            return deserializerOf(type);
        }

        @Override
        public @Nullable ValueDeserializer<?> findReferenceDeserializer(
                ReferenceType type,
                DeserializationConfig config,
                BeanDescription.Supplier description,
                @Nullable TypeDeserializer typeDeserializer,
                @Nullable ValueDeserializer<?> contentDeserializer) {
            return deserializerOf(type);
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return FixedTypes.contain(type);
        }
    }

    private final class ReadKeys implements KeyDeserializers {

        @Override
        public @Nullable KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return FixedTypes.contain(type.getRawClass())
                    ? own._deserializationContext().findKeyDeserializer(type, null)
                    : null;
        }
    }
}
