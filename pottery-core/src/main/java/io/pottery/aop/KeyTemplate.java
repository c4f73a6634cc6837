package io.pottery.aop;

import static java.util.stream.Collectors.joining;

import io.pottery.error.PotteryException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.common.TemplateAwareExpressionParser;

/**
 * The key of an annotation: text with parts that each call fills in from its arguments. Whatever has no value, or none
 * of its own, is an error, so that two calls never share a key by accident.
 */
final class KeyTemplate {

    private static final ParserContext TEMPLATE = ParserContext.TEMPLATE_EXPRESSION;

    private final List<Expression> parts;
    private final ParameterNames names;

    private KeyTemplate(List<Expression> parts, ParameterNames names) {
        this.parts = parts;
        this.names = names;
    }

    /**
     * Parses a key.
     *
     * @throws RuntimeException if it is none, with a message that can follow "the key: "
     */
    static KeyTemplate parse(String text, ParameterNames names, Placeholders placeholders) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        ExpressionRules rules = ExpressionRules.ofKeys(names);
        Expression parsed = new TemplateAwareExpressionParser() {
            @Override
            protected Expression doParseExpression(String expression, @Nullable ParserContext context) {
                return ParameterExpression.parse(expression, rules, placeholders)
                        .expression();
            }
        }.parseExpression(text, TEMPLATE);
        List<Expression> parts = parsed instanceof CompositeStringExpression composite
                ? List.of(composite.getExpressions())
                : List.of(parsed);
        return new KeyTemplate(
                parts.stream()
                        .map(part -> part instanceof LiteralExpression literal
                                ? new LiteralExpression(placeholders.resolveEach(literal.getExpressionString()))
                                : part)
                        .toList(),
                names);
    }

    /** The key as it stands in the annotation, with placeholders resolved. */
    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part instanceof LiteralExpression
                        ? part.getExpressionString()
                        : "#{%s}".formatted(part.getExpressionString()))
                .collect(joining());
    }

    /** Whether each call has the same key. */
    boolean isFixed() {
        return parts.stream().allMatch(LiteralExpression.class::isInstance);
    }

    /**
     * The key for a call with {@code arguments}.
     *
     * @throws PotteryException if a part has no value, with a message that can follow "the key: "
     */
    String fill(@Nullable Object[] arguments) {
        EvaluationContext context = null;
        StringBuilder key = new StringBuilder();
        for (Expression part : parts) {
            if (part instanceof LiteralExpression literal) {
                key.append(literal.getValue());
            } else {
                context = context == null ? ParameterExpression.context(names, arguments) : context;
                key.append(value(part, context));
            }
        }
        return key.toString();
    }

    private static String value(Expression part, EvaluationContext context) {
        String source = "#{" + part.getExpressionString() + "}";
        Object value;
        @Nullable String text;
        try {
            value = OptionalType.unwrapped(part.getValue(context));
            text = value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
        } catch (RuntimeException e) { // of SpEL, or of what it has called
            throw new PotteryException("%s cannot be told: %s".formatted(source, e.getMessage()), e);
        }
        if (value == null || text == null) {
            throw new PotteryException("%s is null".formatted(source));
        }
        if (!hasTextOfItsOwn(value, text)) {
            throw new PotteryException(
                    "%s is a %s, which has no text of its own: name what of it is meant, as in #{#order.id}"
                            .formatted(source, value.getClass().getName()));
        }
        if (text.isBlank()) {
            throw new PotteryException("%s is empty".formatted(source));
        }
        return text;
    }

    /** Whether equal values have equal texts, as far as one can tell. */
    private static boolean hasTextOfItsOwn(Object value, String text) {
        if (value instanceof CharSequence) {
            return true;
        }
        return !(value instanceof Iterable)
                && !(value instanceof Map)
                && !text.equals("null") // of what it refers to
                && !text.contains("@" + Integer.toHexString(System.identityHashCode(value)));
    }
}
