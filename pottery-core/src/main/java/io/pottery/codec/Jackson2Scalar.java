package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JacksonStdImpl;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a scalar from nothing but the piece of JSON that it is written as. */
@JacksonStdImpl // lets Jackson read numbers of no declared type without asking here
final class Jackson2Scalar extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    private final transient JsonScalar scalar;

    private Jackson2Scalar(JsonDeserializer<?> jacksons, JsonScalar scalar) {
        super(jacksons);
        this.scalar = scalar;
    }

    /** Makes Jackson's deserializer of {@code type} strict, if the type is a scalar; the application's are its own. */
    static JsonDeserializer<?> strict(JsonDeserializer<?> deserializer, Class<?> type) {
        boolean applications =
                !FixedTypes.contain(type) && !deserializer.getClass().getName().startsWith("com.fasterxml.jackson.");
        JsonScalar scalar = deserializer instanceof Jackson2Scalar || applications
                ? null
                : JsonScalar.of(type, deserializer.logicalType());
        return scalar == null ? deserializer : new Jackson2Scalar(deserializer, scalar);
    }

    /** Makes Jackson's deserializer of an enum strict, which has a {@code value} of its own or goes by its name. */
    static JsonDeserializer<?> strictEnum(JsonDeserializer<?> jacksons, @Nullable AnnotatedMember value) {
        return new Jackson2Scalar(jacksons, JsonScalar.ofEnum(value == null ? String.class : value.getRawType()));
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> jacksons) {
        return new Jackson2Scalar(jacksons, scalar);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonDeserializer<?> jacksons = context.handleSecondaryContextualization(
                getDelegatee(), property, context.constructType(handledType()));
        boolean ownPattern =
                findFormatOverrides(context, property, handledType()).hasPattern();
        return new Jackson2Scalar(jacksons, ownPattern ? scalar.withOwnPattern() : scalar);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return fits(parser) ? super.deserialize(parser, context) : context.handleUnexpectedToken(handledType(), parser);
    }

    private boolean fits(JsonParser parser) throws IOException {
        JsonKind found = Jackson2Failure.kind(parser.currentToken());
        boolean hasText = found == JsonKind.STRING || found == JsonKind.INTEGER || found == JsonKind.FRACTION;
        return scalar.fits(found, hasText ? parser.getText() : "");
    }
}
