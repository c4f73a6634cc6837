package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a floating-point number. Jackson's own takes the text {@code "NaN"} for one. */
final class Jackson2Real<T extends Number> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient JsonDeserializer<T> jacksons;

    @SuppressWarnings("unchecked") // found by its type
    Jackson2Real(Class<T> type) {
        super(type);
        jacksons = (JsonDeserializer<T>) NumberDeserializers.find(type, type.getName());
    }

    @Override
    @SuppressWarnings("unchecked") // what Jackson returns is of the type asked for
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? (T) context.handleUnexpectedToken(_valueClass, parser)
                : jacksons.deserialize(parser, context);
    }

    @Override
    public @Nullable T getNullValue(DeserializationContext context) throws JsonMappingException {
        return jacksons.getNullValue(context);
    }
}
