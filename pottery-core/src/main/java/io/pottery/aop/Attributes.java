package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /** The names of the parameters, and that of what the method returns. */
    ParameterNames namesAndResult() {
        return names().with(ExpressionRules.RESULT, method.getParameterCount());
    }

    /** The attribute {@code key}. */
    KeyTemplate key() {
        return valid("key", annotation.getString("key"), text -> KeyTemplate.parse(text, names(), placeholders));
    }

    /** The attribute {@code arguments}; empty for all of the method. */
    List<ParameterExpression> arguments() {
        ExpressionRules rules = ExpressionRules.ofArguments(names());
        return Stream.of(annotation.getStringArray("arguments"))
                .map(argument ->
                        valid("argument", argument, text -> ParameterExpression.parse(text, rules, placeholders)))
                .toList();
    }

    /** An expression that is true or false, over {@code names}; null if the attribute is empty. */
    @Nullable
    ParameterExpression condition(String attribute, ParameterNames names) {
        String condition = annotation.getString(attribute);
        return condition.isBlank()
                ? null
                : valid(
                        attribute,
                        condition,
                        text -> ParameterExpression.parse(text, ExpressionRules.ofConditions(names), placeholders));
    }

    private <E> E valid(String attribute, String text, Function<String, E> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw wrong(" has no valid %s '%s': %s".formatted(attribute, text, e.getMessage()), e);
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
        } catch (RuntimeException e) { // of Spring, or of a resolver of the application
            throw wrong(": %s: %s".formatted(attribute, e.getMessage()), e);
        }
    }

    /** Says that the method cannot do what the annotation says; {@code what} follows the name of the method. */
    AnnotatedMethodException wrong(String what, @Nullable Throwable cause) {
        return new AnnotatedMethodException(
                "@%s at %s%s".formatted(annotation.getType().getSimpleName(), name, what), cause);
    }
}
