package io.pottery.aop;

import io.pottery.error.PotteryException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/** An expression over the parameters of a method, which are all that it can reach. */
record ParameterExpression(SpelExpression expression, ParameterNames names) {

    private static final SpelExpressionParser SPEL = new SpelExpressionParser();
    private static final DataBindingPropertyAccessor PROPERTIES = DataBindingPropertyAccessor.forReadOnlyAccess();

    /**
     * Parses an expression.
     *
     * @throws RuntimeException if it is none, or has what {@code rules} do not allow
     */
    static ParameterExpression parse(String text, ExpressionRules rules, Placeholders placeholders) {
        SpelExpression expression = SPEL.parseRaw(placeholders.resolveEach(text));
        rules.check(expression);
        return new ParameterExpression(expression, rules.names());
    }

    /** What expressions have when a method is called with {@code arguments}. */
    static EvaluationContext context(ParameterNames names, @Nullable Object[] arguments) {
        EvaluationContext context = SimpleEvaluationContext.forPropertyAccessors(PROPERTIES)
                .withAssignmentDisabled()
                .withInstanceMethods()
                .build();
        for (Map.Entry<String, Integer> name : names.indexes().entrySet()) {
            if (name.getValue() < arguments.length) { // else it is the result, which is not there yet
                context.setVariable(name.getKey(), arguments[name.getValue()]);
            }
        }
        return context;
    }

    /**
     * The value for a call with {@code arguments}.
     *
     * @throws PotteryException if there is none
     */
    @Nullable
    Object value(@Nullable Object[] arguments) {
        try {
            return expression.getValue(context(names, arguments));
        } catch (RuntimeException e) { // of SpEL, or of what it has called
            throw new PotteryException(
                    "'%s' cannot be told: %s".formatted(expression.getExpressionString(), e.getMessage()), e);
        }
    }

    /**
     * Whether this is true for a call with {@code arguments}.
     *
     * @throws PotteryException if it is neither true nor false
     */
    boolean isTrue(@Nullable Object[] arguments) {
        Object value = value(arguments);
        if (value instanceof Boolean answer) {
            return answer;
        }
        throw new PotteryException("'%s' is %s, and not true or false"
                .formatted(
                        expression.getExpressionString(),
                        value == null ? null : "a " + value.getClass().getName()));
    }

    /** Whether the value depends on what is called {@code name}. */
    boolean has(String name) {
        return has(name, expression.getAST());
    }

    private static boolean has(String name, SpelNode node) {
        if (node instanceof VariableReference variable && variable.toStringAST().equals("#" + name)) {
            return true;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            if (has(name, node.getChild(i))) {
                return true;
            }
        }
        return false;
    }
}
