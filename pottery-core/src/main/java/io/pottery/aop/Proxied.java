package io.pottery.aop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.util.ClassUtils;

/**
 * A proxy with an advisor.
 *
 * @param inner what it is a proxy of, if the advice takes place there; else null
 */
record Proxied(
        Advised proxy, AnnotationAdvisor advisor, @Nullable Proxied inner) {

    /** The outermost proxy around the advice of {@code advisor} for calls of {@code bean}; null if there is none. */
    static @Nullable Proxied by(AnnotationAdvisor advisor, Object bean) {
        if (!(bean instanceof Advised proxy)) {
            return null;
        }
        TargetSource source = proxy.getTargetSource();
        Object target = targetOf(source);
        Proxied inner = target == null ? null : by(advisor, target);
        if (inner != null && !source.isStatic()) {
            return inner; // of a scope, or to break a circle, and without advice of its own
        }
        return inner != null || List.of(proxy.getAdvisors()).contains(advisor)
                ? new Proxied(proxy, advisor, inner)
                : null;
    }

    private static @Nullable Object targetOf(TargetSource source) {
        try {
            return source.getTarget();
        } catch (Exception e) {
            throw new IllegalArgumentException("There is no object behind this bean now: " + e.getMessage(), e);
        }
    }

    /** Whether there is one object behind {@code bean} for good. */
    static boolean isOfOne(Object bean) {
        for (Object each = bean; each instanceof Advised proxy; each = AopProxyUtils.getSingletonTarget(proxy)) {
            if (!proxy.getTargetSource().isStatic()) {
                return false;
            }
        }
        return true;
    }

    /** Another proxy of the same object with the same advice, but with {@code replacement} instead of the advisor. */
    Object with(@Nullable Advisor replacement) {
        ProxyFactory copy = new ProxyFactory();
        copy.setTargetSource(
                inner == null ? proxy.getTargetSource() : new SingletonTargetSource(inner.with(replacement)));
        copy.setInterfaces(proxy.getProxiedInterfaces());
        copy.setProxyTargetClass(proxy.isProxyTargetClass());
        copy.setExposeProxy(proxy.isExposeProxy());
        copy.setPreFiltered(proxy.isPreFiltered());
        for (Advisor each : proxy.getAdvisors()) {
            if (!each.equals(advisor)) {
                copy.addAdvisor(each);
            } else if (replacement != null && inner == null) {
                copy.addAdvisor(replacement);
            }
        }
        return copy.getProxy(ClassUtils.getDefaultClassLoader());
    }
}
