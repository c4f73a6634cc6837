package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/** Gives the calls of annotated methods to their advice. */
final class AnnotationInterceptor<T> implements MethodInterceptor {

    private final AnnotatedMethods<T> methods;
    private final CallAdvice<T> advice;

    AnnotationInterceptor(AnnotatedMethods<T> methods, CallAdvice<T> advice) {
        this.methods = methods;
        this.advice = advice;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = requireNonNull(invocation.getThis(), "an annotated method has a target");
        T method = methods.get(invocation.getMethod(), target.getClass());
        if (method == null || target instanceof Advised inner && isIn(inner)) {
            return invocation.proceed(); // to an object of another class, or to where the advice is
        }
        return advice.run(method, (ProxyMethodInvocation) invocation);
    }

    private boolean isIn(Advised proxy) {
        return Stream.of(proxy.getAdvisors()).anyMatch(advisor -> advisor.getAdvice() == this);
    }

    /**
     * Runs the method, once more if it has run before, and on whatever thread: aspects inside look for the call there.
     */
    static @Nullable Object proceed(ProxyMethodInvocation invocation) throws Throwable {
        return ExposeInvocationInterceptor.INSTANCE.invoke(invocation.invocableClone());
    }

    /** What comes between a caller and an annotated method. */
    @FunctionalInterface
    interface CallAdvice<T> {

        /** Does what {@code method} has to do, which takes {@link #proceed} instead of that of {@code invocation}. */
        @Nullable
        Object run(T method, ProxyMethodInvocation invocation) throws Throwable;
    }
}
