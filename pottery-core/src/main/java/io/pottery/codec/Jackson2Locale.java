package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a locale from its own text alone. */
final class Jackson2Locale extends StdScalarDeserializer<Locale> {

    private static final long serialVersionUID = 1L;

    Jackson2Locale() {
        super(Locale.class);
    }

    @Override
    public @Nullable Locale deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        Locale locale = LocaleText.parse(text);
        return locale == null
                ? (Locale) context.handleWeirdStringValue(Locale.class, text, "not the text of one")
                : locale;
    }

    /** The same for the keys of a map. */
    static final class Key extends KeyDeserializer {

        @Override
        public @Nullable Object deserializeKey(String key, DeserializationContext context) throws IOException {
            Locale locale = LocaleText.parse(key);
            return locale == null ? context.handleWeirdKey(Locale.class, key, "not the text of one") : locale;
        }
    }
}
