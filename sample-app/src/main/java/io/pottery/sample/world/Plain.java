package io.pottery.sample.world;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as people type it who look for something: "cote d'ivoire" for "Côte d’Ivoire". */
public final class Plain {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Plain() {}

    /** Returns {@code text} in small letters, without accents. */
    public static String of(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace('_', ' ')
                .strip();
    }
}
