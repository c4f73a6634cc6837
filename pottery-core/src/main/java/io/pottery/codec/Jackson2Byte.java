package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a byte. Jackson's own takes 200 for -56. */
final class Jackson2Byte extends StdScalarDeserializer<Byte> {

    private static final long serialVersionUID = 1L;

    Jackson2Byte(Class<Byte> type) {
        super(type);
    }

    @Override
    public Byte deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return (Byte) context.handleUnexpectedToken(_valueClass, parser);
        }
        int value = parser.getIntValue();
        if (value != (byte) value) {
            return (Byte) context.handleWeirdNumberValue(_valueClass, value, "out of range");
        }
        return (byte) value;
    }

    @Override
    public @Nullable Byte getNullValue(DeserializationContext context) throws JsonMappingException {
        if (_valueClass.isPrimitive()) {
            context.reportInputMismatch(this, "null for a primitive");
        }
        return null;
    }
}
