package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;

/**
 * What a method returns, which says when its work has ended.
 *
 * @param value the type of what there is when it has ended
 * @param adapter for publishers
 */
record Outcome(
        Kind kind,
        ResolvableType type,
        ResolvableType value,
        @Nullable ReactiveAdapter adapter) {

    /** How the end of the work is told. */
    enum Kind {

        /** By returning. */
        RETURN,

        /** By a stage, for which the method's own thread waits. */
        AWAITED_STAGE,

        /** By a stage. */
        STAGE,

        /** By a publisher. */
        PUBLISHER
    }

    /**
     * The outcome of the method that {@code attributes} are for.
     *
     * @throws AnnotatedMethodException if nobody could tell when its work has ended
     */
    static Outcome of(Attributes attributes) {
        String name = attributes.name();
        Method method = attributes.method();
        Class<?> target = attributes.target();
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw new AnnotatedMethodException(
                    "%s is a suspend function, by which nobody can tell when its work has ended: return a Mono"
                            .formatted(name));
        }
        ResolvableType type = ResolvableType.forMethodReturnType(method, target);
        Class<?> returned = type.resolve(Object.class);
        if (CompletionStage.class.isAssignableFrom(returned) && returned.isAssignableFrom(CompletableFuture.class)) {
            return new Outcome(
                    isAsync(method, target) ? Kind.AWAITED_STAGE : Kind.STAGE,
                    type,
                    type.as(CompletionStage.class).getGeneric(),
                    null);
        }
        if (Future.class.isAssignableFrom(returned) || CompletionStage.class.isAssignableFrom(returned)) {
            throw cannotFollow(name, returned, "CompletableFuture");
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned);
        if (adapter != null) {
            if (!returned.isAssignableFrom(adapter.getReactiveType())) {
                throw cannotFollow(name, returned, adapter.getReactiveType().getSimpleName());
            }
            return new Outcome(Kind.PUBLISHER, type, type.getGeneric(), adapter);
        }
        if (Publisher.class.isAssignableFrom(returned)) {
            throw cannotFollow(name, returned, "Flux");
        }
        return new Outcome(Kind.RETURN, type, type, null);
    }

    private static boolean isAsync(Method method, Class<?> target) {
        return AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(target, Async.class);
    }

    private static AnnotatedMethodException cannotFollow(String name, Class<?> returned, String instead) {
        return new AnnotatedMethodException(
                "%s returns a %s, by which nobody can tell when its work has ended: return a %s"
                        .formatted(name, returned.getName(), instead));
    }

    /** Whether there is something to return in place of the method. */
    boolean canBeSkipped() {
        return switch (kind) {
            case RETURN -> !type.resolve(Object.class).isPrimitive() || type.resolve() == void.class;
            case PUBLISHER -> adapter != null && adapter.supportsEmpty();
            case AWAITED_STAGE, STAGE -> true;
        };
    }

    /** What there is when nothing was done. */
    @Nullable
    Object nothing() {
        OptionalType optional = OptionalType.of(value);
        return optional == null ? null : optional.wrapped(null);
    }

    /** Whether {@code result} goes on after its method has returned, though its declared type does not say so. */
    static boolean goesOn(@Nullable Object result) {
        return result instanceof Future
                || result != null && ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result) != null;
    }
}
