package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JacksonStdImpl;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scalar from nothing but the piece of JSON that it is written as. Jackson's own take texts for numbers, blanks
 * for null, numbers for dates, and 200 for the byte -56.
 */
@JacksonStdImpl // lets Jackson read numbers of no declared type without asking here
final class Jackson2Scalar extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    private static final Predicate<String> ANY = text -> true;
    private static final Predicate<String> TRIMMED =
            text -> text.length() == text.trim().length();
    private static final Predicate<String> WITH_TIME = text -> text.contains("T");

    /** The texts to read, where it is not those without blanks around them. */
    private static final Map<Class<?>, Predicate<String>> TEXTS = Map.ofEntries(
            Map.entry(char.class, ANY),
            Map.entry(Character.class, ANY),
            Map.entry(char[].class, ANY),
            Map.entry(CharSequence.class, ANY),
            Map.entry(StringBuilder.class, ANY),
            Map.entry(StringBuffer.class, ANY),
            Map.entry(Pattern.class, ANY),
            Map.entry(Instant.class, TRIMMED.and(WITH_TIME)),
            Map.entry(OffsetDateTime.class, TRIMMED.and(WITH_TIME)),
            Map.entry(ZonedDateTime.class, TRIMMED.and(WITH_TIME)),
            Map.entry(LocalDate.class, TRIMMED.and(WITH_TIME.negate())),
            Map.entry(LocalDateTime.class, TRIMMED.and(text -> !text.endsWith("Z"))),
            Map.entry(TimeZone.class, text -> TimeZone.getTimeZone(text).getID().equals(text)));

    private enum Form {
        TEXT,
        NUMBER,
        INTEGER,
        BYTE,
        BOOLEAN
    }

    private final Form form;
    private final transient Predicate<String> texts;

    private Jackson2Scalar(JsonDeserializer<?> jacksons, Form form, Predicate<String> texts) {
        super(jacksons);
        this.form = form;
        this.texts = texts;
    }

    /** Makes Jackson's deserializer of {@code type} strict, if the type is a scalar. */
    static JsonDeserializer<?> strict(JsonDeserializer<?> jacksons, Class<?> type) {
        Form form = formOf(type, jacksons.logicalType());
        return form == null || type == String.class
                ? jacksons
                : new Jackson2Scalar(jacksons, form, TEXTS.getOrDefault(type, TRIMMED));
    }

    private static @Nullable Form formOf(Class<?> type, @Nullable LogicalType kind) {
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case Textual, DateTime, Enum, Binary, OtherScalar -> Form.TEXT;
            case Float -> Form.NUMBER;
            case Integer -> formOfInteger(type);
            case Boolean -> Form.BOOLEAN;
            case Array -> type == byte[].class || type == char[].class ? Form.TEXT : null;
            case Collection, Map, POJO, Untyped -> null;
        };
    }

    /** Jackson counts characters and numbers of any kind among the integers. */
    private static Form formOfInteger(Class<?> type) {
        if (type == char.class || type == Character.class) {
            return Form.TEXT;
        }
        if (type == Number.class) {
            return Form.NUMBER;
        }
        return type == byte.class || type == Byte.class ? Form.BYTE : Form.INTEGER;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> jacksons) {
        return new Jackson2Scalar(jacksons, form, texts);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonDeserializer<?> jacksons = context.handleSecondaryContextualization(
                getDelegatee(), property, context.constructType(handledType()));
        boolean ownPattern =
                findFormatOverrides(context, property, handledType()).hasPattern();
        return new Jackson2Scalar(jacksons, form, ownPattern ? TRIMMED : texts);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return fits(parser) ? super.deserialize(parser, context) : context.handleUnexpectedToken(handledType(), parser);
    }

    private boolean fits(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (form) {
            case TEXT -> token == JsonToken.VALUE_STRING && texts.test(parser.getText());
            case NUMBER -> token.isNumeric();
            case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
            case BYTE -> token == JsonToken.VALUE_NUMBER_INT && parser.getIntValue() == (byte) parser.getIntValue();
            case BOOLEAN -> token.isBoolean();
        };
    }
}
