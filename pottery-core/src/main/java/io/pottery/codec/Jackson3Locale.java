package io.pottery.codec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a locale from its own text alone. */
final class Jackson3Locale extends StdScalarDeserializer<Locale> {

    Jackson3Locale() {
        super(Locale.class);
    }

    @Override
    public @Nullable Locale deserialize(JsonParser parser, DeserializationContext context) {
        String text = parser.getString();
        Locale locale = LocaleText.parse(text);
        return locale == null
                ? (Locale) context.handleWeirdStringValue(Locale.class, text, "not the text of one")
                : locale;
    }

    /** The same for the keys of a map. */
    static final class Key extends KeyDeserializer {

        @Override
        public @Nullable Object deserializeKey(String key, DeserializationContext context) {
            Locale locale = LocaleText.parse(key);
            return locale == null ? context.handleWeirdKey(Locale.class, key, "not the text of one") : locale;
        }
    }
}
