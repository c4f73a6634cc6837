package io.pottery.codec;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserDelegate;

/** Refuses the names of infinities that Jackson knows beside those that Python writes. */
final class Jackson3Parser extends JsonParserDelegate {

    private static final Set<String> PYTHONS = Set.of("NaN", "Infinity", "-Infinity");

    Jackson3Parser(JsonParser jacksons) {
        super(jacksons);
    }

    @Override
    public @Nullable JsonToken nextToken() {
        JsonToken token = super.nextToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT && isNaN() && !PYTHONS.contains(getString())) {
            throw new StreamReadException(this, "neither JSON nor Python");
        }
        return token;
    }

    @Override
    public @Nullable JsonToken nextValue() {
        JsonToken token = nextToken();
        return token == JsonToken.PROPERTY_NAME ? nextToken() : token;
    }

    @Override
    public JsonParser skipChildren() {
        JsonToken token = currentToken();
        int open = token != null && token.isStructStart() ? 1 : 0;
        while (open > 0 && (token = nextToken()) != null) {
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return this;
    }
}
