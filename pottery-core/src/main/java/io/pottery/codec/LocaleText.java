package io.pottery.codec;

import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Locale} from the text that it is written as: {@code de_DE}, {@code zh_TW_#Hant}. */
final class LocaleText {

    private LocaleText() {}

    /** The locale that has this text, null if none has. */
    static @Nullable Locale parse(String text) {
        int hash = text.indexOf('#');
        String[] parts = (hash < 0 ? text : text.substring(0, hash)).split("_", 3);
        String language = parts[0];
        String country = parts.length < 2 ? "" : parts[1];
        String variant = parts.length < 3 ? "" : hash < 0 ? parts[2] : parts[2].replaceFirst("_$", "");
        Locale locale = new Locale(language, country, variant); // adds to th_TH_TH what stands behind its #
        if (hash >= 0 && !locale.toString().equals(text)) {
            locale = withScript(language, country, variant, text.substring(hash + 1));
        }
        boolean plain = language.chars().allMatch(Character::isLetter); // any text is a language to a locale
        return plain && locale != null && locale.toString().equals(text) ? locale : null;
    }

    /** {@code rest} is a script, extensions, or both with a low line in between. */
    private static @Nullable Locale withScript(String language, String country, String variant, String rest) {
        int end = rest.indexOf('_');
        boolean alone = end < 0;
        boolean script = !alone || rest.indexOf('-') < 0;
        String extensions = alone ? script ? "" : rest : rest.substring(end + 1);
        try {
            Locale.Builder locale = new Locale.Builder()
                    .setLanguageTag("und" + (extensions.isEmpty() ? "" : "-" + extensions))
                    .setLanguage(language)
                    .setRegion(country)
                    .setVariant(variant);
            return script
                    ? locale.setScript(alone ? rest : rest.substring(0, end)).build()
                    : locale.build();
        } catch (IllformedLocaleException e) {
            return null;
        }
    }
}
