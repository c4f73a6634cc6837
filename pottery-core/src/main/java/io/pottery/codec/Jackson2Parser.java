package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses the names of infinities that Jackson knows beside those that Python writes. */
final class Jackson2Parser extends JsonParserDelegate {

    private static final Set<String> PYTHONS = Set.of("NaN", "Infinity", "-Infinity");

    Jackson2Parser(JsonParser jacksons) {
        super(jacksons);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT && isNaN() && !PYTHONS.contains(getText())) {
            throw new JsonParseException(this, "neither JSON nor Python");
        }
        return token;
    }

    @Override
    public @Nullable JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    /** Nothing: what is read as what is not for mappers to say. */
    @Override
    public JsonParser overrideStdFeatures(int values, int mask) {
        return this;
    }

    @Override
    public JsonParser overrideFormatFeatures(int values, int mask) {
        return this;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken token = currentToken();
        int open = token != null && token.isStructStart() ? 1 : 0;
        while (open > 0 && (token = nextToken()) != null) {
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return this;
    }
}
