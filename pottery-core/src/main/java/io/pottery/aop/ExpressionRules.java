package io.pottery.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * What an expression may be made of: what can be told from the method alone is told before it is called.
 *
 * @param names what it may name
 * @param quotes how messages cite it
 * @param insteadOfText what to do instead of putting text together; null if it may
 */
record ExpressionRules(
        ParameterNames names, String quotes, @Nullable String insteadOfText) {

    /** The name of what a method has returned, where that can be had. */
    static final String RESULT = "result";

    /** The rules of what stands in a key. */
    static ExpressionRules ofKeys(ParameterNames names) {
        return new ExpressionRules(names, "#{%s}", "write it outside, as in order:#{#region}:#{#id}");
    }

    /** The rules of what tells entries of a cache apart. */
    static ExpressionRules ofArguments(ParameterNames names) {
        return new ExpressionRules(names, "'%s'", "name each as an argument of its own");
    }

    /** The rules of what is true or false. */
    static ExpressionRules ofConditions(ParameterNames names) {
        return new ExpressionRules(names, "'%s'", null);
    }

    /**
     * Checks all of {@code expression}.
     *
     * @throws IllegalArgumentException if it names what it cannot have
     */
    void check(SpelExpression expression) {
        check(expression.getAST(), quotes.formatted(expression.getExpressionString()), false, false);
    }

    /**
     * Checks a node and what is below it.
     *
     * @param relative whether a bare name is that of a property of what stands before it
     * @param ofElement whether {@code #this} is an element that a selection or projection looks at
     */
    private void check(SpelNode node, String source, boolean relative, boolean ofElement) {
        if (node instanceof VariableReference variable) {
            requireKnown(variable.toStringAST().substring(1), source, ofElement);
        } else if (node instanceof TypeReference || node instanceof ConstructorReference) {
            throw refused(source, "types and constructors");
        } else if (node instanceof BeanReference) {
            throw refused(source, "beans");
        } else if (node instanceof FunctionReference) {
            throw refused(source, "functions");
        } else if (insteadOfText != null && (node instanceof OpPlus || isCallOnText(node))) {
            throw new IllegalArgumentException(
                    "%s may not %s: in text that is put together, null and the like go unnoticed, so %s"
                            .formatted(source, node instanceof OpPlus ? "use +" : "put text together", insteadOfText));
        } else if (node instanceof Assign || node instanceof OpInc || node instanceof OpDec) {
            throw refused(source, "assignments");
        } else if ((node instanceof PropertyOrFieldReference || node instanceof MethodReference) && !relative) {
            throw new IllegalArgumentException(
                    "'%s' in %s is a property of nothing: write #%s if it is a parameter, and in quotes if it is text"
                            .formatted(node.toStringAST(), source, node.toStringAST()));
        }
        boolean looksAtElements = ofElement || node instanceof Selection || node instanceof Projection;
        for (int i = 0; i < node.getChildCount(); i++) {
            boolean follows = node instanceof CompoundExpression && (i > 0 || relative);
            boolean nameOfKey = node instanceof Indexer && node.getChild(i) instanceof PropertyOrFieldReference;
            check(node.getChild(i), source, follows || nameOfKey || looksAtElements, looksAtElements);
        }
    }

    private static boolean isCallOnText(SpelNode node) {
        return node instanceof CompoundExpression
                && node.getChild(0) instanceof StringLiteral
                && node.getChild(1) instanceof MethodReference;
    }

    private void requireKnown(String name, String source, boolean ofElement) {
        if (names.ambiguous().contains(name)) {
            throw new IllegalArgumentException("#%s in %s is both the name of a parameter and %s: rename the parameter"
                    .formatted(
                            name, source, name.equals(RESULT) ? "what the method returns" : "the position of another"));
        }
        if (names.indexes().containsKey(name) || ofElement && name.equals("this")) {
            return;
        }
        if (!names.complete() && !names.indexes().isEmpty()) {
            throw new IllegalArgumentException(
                    "#%s in %s cannot be found, because the class does not have the names of its parameters: compile it with -parameters, or write #p0 for the first one"
                            .formatted(name, source));
        }
        throw new IllegalArgumentException("#%s in %s is unknown: there is %s"
                .formatted(
                        name,
                        source,
                        names.indexes().isEmpty()
                                ? "no parameter"
                                : "#" + String.join(", #", names.indexes().keySet())));
    }

    private static IllegalArgumentException refused(String source, String what) {
        return new IllegalArgumentException(
                "%s may not have %s: it reads the parameters, and nothing else".formatted(source, what));
    }
}
