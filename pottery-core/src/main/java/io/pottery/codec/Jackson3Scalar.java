package io.pottery.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JacksonStdImpl;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;

/** Reads a scalar from nothing but the piece of JSON that it is written as. */
@JacksonStdImpl // lets Jackson read numbers of no declared type without asking here
final class Jackson3Scalar extends DelegatingDeserializer {

    private final JsonScalar scalar;

    private Jackson3Scalar(ValueDeserializer<?> jacksons, JsonScalar scalar) {
        super(jacksons);
        this.scalar = scalar;
    }

    /** Makes Jackson's deserializer of {@code type} strict, if the type is a scalar; the application's are its own. */
    static ValueDeserializer<?> strict(ValueDeserializer<?> deserializer, Class<?> type) {
        boolean applications =
                !FixedTypes.contain(type) && !deserializer.getClass().getName().startsWith("tools.jackson.");
        JsonScalar scalar = deserializer instanceof Jackson3Scalar || applications
                ? null
                : JsonScalar.of(type, deserializer.logicalType());
        return scalar == null ? deserializer : new Jackson3Scalar(deserializer, scalar);
    }

    /** Makes Jackson's deserializer of an enum strict, which has a {@code value} of its own or goes by its name. */
    static ValueDeserializer<?> strictEnum(ValueDeserializer<?> jacksons, @Nullable AnnotatedMember value) {
        return new Jackson3Scalar(jacksons, JsonScalar.ofEnum(value == null ? String.class : value.getRawType()));
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
        return new Jackson3Scalar(jacksons, scalar);
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        ValueDeserializer<?> jacksons = context.handleSecondaryContextualization(
                getDelegatee(), property, context.constructType(handledType()));
        boolean ownPattern =
                findFormatOverrides(context, property, handledType()).hasPattern();
        return new Jackson3Scalar(jacksons, ownPattern ? scalar.withOwnPattern() : scalar);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        return fits(parser) ? super.deserialize(parser, context) : context.handleUnexpectedToken(handledType(), parser);
    }

    private boolean fits(JsonParser parser) {
        JsonKind found = Jackson3Failure.kind(parser.currentToken());
        boolean hasText = found == JsonKind.STRING || found == JsonKind.INTEGER || found == JsonKind.FRACTION;
        return scalar.fits(found, hasText ? parser.getString() : "");
    }
}
