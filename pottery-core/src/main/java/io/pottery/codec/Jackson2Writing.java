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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to write what could not be read back as it was. It has the last word, after the modules of an application.
 */
final class Jackson2Writing extends BeanSerializerModifier {

    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper mapper;
    private final Jackson2Fixed fixed;
    private final Map<Class<?>, Set<String>> properties = new ConcurrentHashMap<>();

    Jackson2Writing(ObjectMapper mapper, Jackson2Fixed fixed) {
        this.mapper = mapper;
        this.fixed = fixed;
    }

    /** What has to come first, before an application's modules take what Jackson found for something else. */
    BeanSerializerModifier first() {
        return new Beans();
    }

    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        Set<String> names = properties.get(type);
        if (names == null) {
            return serializer;
        }
        return new Jackson2Bean(
                description.getType(),
                RefusedTypes.hasAccidentalProperties(type) ? new Jackson2Refusal<>(RefusedTypes.NO_VALUE) : serializer,
                names,
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
        JsonSerializer<?> own = fixed.keySerializerOf(type);
        if (own != null) {
            return own;
        }
        boolean applications = !(serializer instanceof StdKeySerializers.Default || serializer instanceof Jackson2Key);
        boolean comesBack = applications || KeyTexts.comeBack(type.getRawClass(), this::isReadable);
        return comesBack ? serializer : new Jackson2Refusal<>(RefusedTypes.NO_KEY);
    }

    private boolean isReadable(Class<?> type) {
        try {
            context().findKeyDeserializer(mapper.constructType(type), null);
            return true;
        } catch (JsonMappingException e) {
            return false;
        }
    }

    private DeserializationContext context() {
        return ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
    }

    /** Remembers what Jackson takes for a bean, and the properties that it has. */
    private final class Beans extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            if (serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer) {
                Set<String> names = new HashSet<>();
                serializer.properties().forEachRemaining(property -> names.add(property.getName()));
                properties.put(description.getBeanClass(), names);
            }
            return serializer;
        }
    }
}
