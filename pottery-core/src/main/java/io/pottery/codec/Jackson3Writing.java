package io.pottery.codec;

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

/** Refuses to write what could not be read back as it was. */
final class Jackson3Writing extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<JsonMapper> mapper;

    /** {@code mapper} is asked once it is there. */
    Jackson3Writing(Supplier<JsonMapper> mapper) {
        this.mapper = mapper;
    }

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        String reason = RefusedTypes.reasonAgainst(type, Jackson3.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson3Refusal<>(reason);
        }
        if (!(serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer)) {
            return serializer;
        }
        return new Jackson3Bean(
                description.getType(),
                RefusedTypes.hasAccidentalProperties(type) ? new Jackson3Refusal<>(RefusedTypes.NO_VALUE) : serializer,
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
        boolean comesBack = !(serializer instanceof JDKKeySerializers.Default)
                || KeyTexts.comeBack(type.getRawClass(), () -> isReadable(type));
        return comesBack ? serializer : new Jackson3Refusal<>(RefusedTypes.NO_KEY);
    }

    private boolean isReadable(JavaType type) {
        try {
            mapper.get()._deserializationContext().findKeyDeserializer(type, null);
            return true;
        } catch (DatabindException e) {
            return false;
        }
    }
}
