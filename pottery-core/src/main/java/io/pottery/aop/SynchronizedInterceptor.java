package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/** Runs synchronized methods under their locks. */
final class SynchronizedInterceptor implements MethodInterceptor {

    private final SynchronizedMethods methods;
    private final Supplier<PotteryFactory> factory;

    SynchronizedInterceptor(SynchronizedMethods methods, ObjectProvider<PotteryFactory> factory) {
        this.methods = methods;
        this.factory = SingletonSupplier.of(() -> required(factory.getIfAvailable()));
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = requireNonNull(invocation.getThis(), "a synchronized method has a target");
        SynchronizedMethod method = methods.get(invocation.getMethod(), target.getClass());
        if (method == null || target instanceof Advised inner && isIn(inner)) {
            return invocation.proceed(); // to an object of another class, or to where the lock is taken
        }
        PotteryFactory pottery = factory.get();
        SynchronizedCall call = new SynchronizedCall(
                method, pottery, method.lock(pottery, invocation.getArguments()), (ProxyMethodInvocation) invocation);
        return switch (method.outcome().kind()) {
            case RETURN, AWAITED_STAGE -> new BlockingCall(call).run();
            case STAGE -> new ReactiveCall(call).stage();
            case PUBLISHER -> new ReactiveCall(call).publisher();
        };
    }

    private boolean isIn(Advised proxy) {
        return Stream.of(proxy.getAdvisors()).anyMatch(advisor -> advisor.getAdvice() == this);
    }

    private static PotteryFactory required(@Nullable PotteryFactory factory) {
        if (factory == null) {
            throw new PotteryException(
                    "There is no PotteryFactory bean, so that methods with @Synchronized cannot take their locks and do not run: declare one, or see why Spring Boot has none");
        }
        return factory;
    }
}
