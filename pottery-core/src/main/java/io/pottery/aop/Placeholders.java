package io.pottery.aop;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.env.Environment;

/** Resolves <code>${...}</code> as the application does, strictly. */
final class Placeholders {

    private static final String BEGIN = "${";

    private final ConfigurableBeanFactory beans;
    private final Environment environment;

    Placeholders(ConfigurableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * The text with its placeholders resolved.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    String resolve(String text) {
        if (!text.contains(BEGIN)) {
            return text;
        }
        String resolved = beans.resolveEmbeddedValue(text);
        // the context has no resolver yet, or one that leaves what it does not know
        return resolved == null || resolved.equals(text) ? environment.resolveRequiredPlaceholders(text) : resolved;
    }

    /** The text with its placeholders resolved, none of which may be blank. */
    String resolveEach(String text) {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
            int end = endOf(text, begin);
            String placeholder = text.substring(begin, end);
            String value = resolve(placeholder);
            if (value.isBlank()) {
                throw new IllegalArgumentException("%s is empty".formatted(placeholder));
            }
            resolved.append(text, from, begin).append(value);
            from = end;
        }
        return resolved.append(text, from, text.length()).toString();
    }

    /** The index behind the brace that closes the placeholder at {@code begin}, in whose default may be others. */
    private static int endOf(String text, int begin) {
        int depth = 0;
        for (int i = begin + 1; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("'%s' has no closing brace".formatted(text.substring(begin)));
    }
}
