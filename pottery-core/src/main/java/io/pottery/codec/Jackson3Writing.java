package io.pottery.codec;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.jdk.JDKKeySerializers;

/**
 * Refuses to write what could not be read back as it was. It has the last word, after the modules of an application.
 */
final class Jackson3Writing extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<JsonMapper> mapper;
    private final Jackson3Fixed fixed;
    private final Map<Class<?>, Set<String>> properties = new ConcurrentHashMap<>();

    /** {@code mapper} is asked once it is there. */
    Jackson3Writing(Supplier<JsonMapper> mapper, Jackson3Fixed fixed) {
        this.mapper = mapper;
        this.fixed = fixed;
    }

    /** What has to come first, before an application's modules take what Jackson found for something else. */
    ValueSerializerModifier first() {
        return new Beans();
    }

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        Set<String> names = properties.get(type);
        if (names == null) {
            return serializer;
        }
        return new Jackson3Bean(
                description.getType(),
                RefusedTypes.hasAccidentalProperties(type) ? new Jackson3Refusal<>(RefusedTypes.NO_VALUE) : serializer,
                names,
                null);
    }

    @Override
    public ValueSerializer<?> modifyKeySerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.@Nullable Supplier description,
            ValueSerializer<?> serializer) {
        String reason = RefusedTypes.reasonAgainst(type.getRawClass(), Jackson3.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson3Refusal<>(reason);
        }
        ValueSerializer<?> own = fixed.keySerializerOf(type);
        if (own != null) {
            return own;
        }
        boolean applications = !(serializer instanceof JDKKeySerializers.Default || serializer instanceof Jackson3Key);
        boolean comesBack = applications || KeyTexts.comeBack(type.getRawClass(), this::isReadable);
        return comesBack ? serializer : new Jackson3Refusal<>(RefusedTypes.NO_KEY);
    }

    private boolean isReadable(Class<?> type) {
        try {
            JsonMapper built = mapper.get();
            built._deserializationContext().findKeyDeserializer(built.constructType(type), null);
            return true;
        } catch (DatabindException e) {
            return false;
        }
    }

    /** Remembers what Jackson takes for a bean, and the properties that it has. */
    private final class Beans extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            if (serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer) {
                Set<String> names = new HashSet<>();
                serializer.properties().forEachRemaining(property -> names.add(property.getName()));
                properties.put(description.getBeanClass(), names);
            }
            return serializer;
        }
    }
}
