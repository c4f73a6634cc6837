package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * What an annotation says about a method.
 *
 * @param name the class and method, as messages call it
 * @param method what runs
 * @param declared what it implements, where the annotation may stand
 * @param target the class on whose objects it is called
 */
record Attributes(
        String name,
        Method method,
        Method declared,
        Class<?> target,
        MergedAnnotation<?> annotation,
        Placeholders placeholders) {

    /** What the expressions of the annotation call the parameters. */
    ParameterNames names() {
        return ParameterNames.of(annotation.getSource() instanceof Method at ? at : declared, method);
    }

    /** The attribute {@code key}. */
    KeyTemplate key() {
        String key = annotation.getString("key");
        try {
            return KeyTemplate.parse(key, names(), placeholders);
        } catch (RuntimeException e) {
            throw wrong(" has no valid key '%s': %s".formatted(key, e.getMessage()), e);
        }
    }

    /** A duration, or null if the attribute is empty. */
    @Nullable
    Duration duration(String attribute) {
        String text = text(attribute);
        return text.isEmpty() ? null : duration(attribute, text);
    }

    /** The duration that {@code text} of an attribute is. */
    Duration duration(String attribute, String text) {
        try {
            if (text.matches("[+-]?\\d*")) {
                throw new IllegalArgumentException("it has no unit");
            }
            return DurationFormatterUtils.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    ": %s must be a duration such as \"500ms\" or \"5s\", was \"%s\": %s"
                            .formatted(attribute, text, e.getMessage()),
                    e);
        }
    }

    /** An attribute with its placeholders resolved. */
    String text(String attribute) {
        try {
            return placeholders.resolve(annotation.getString(attribute)).strip();
        } catch (IllegalArgumentException e) {
            throw wrong(": %s: %s".formatted(attribute, e.getMessage()), e);
        }
    }

    /** Says that the method cannot do what the annotation says; {@code what} follows the name of the method. */
    AnnotatedMethodException wrong(String what, @Nullable Throwable cause) {
        return new AnnotatedMethodException(
                "@%s at %s%s".formatted(annotation.getType().getSimpleName(), name, what), cause);
    }
}
