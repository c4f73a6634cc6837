package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;

/**
 * Reads what is written as a text from nothing but a text. Jackson's own take numbers and arrays for dates and bytes.
 */
final class Jackson2Text extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    Jackson2Text(JsonDeserializer<?> jacksons) {
        super(jacksons);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> jacksons) {
        return new Jackson2Text(jacksons);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? super.deserialize(parser, context)
                : context.handleUnexpectedToken(handledType(), parser);
    }
}
