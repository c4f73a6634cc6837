package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Puts the lock around synchronized methods. Each class is looked at when its first bean is made, and those whose beans
 * are made later, when all others have been; a method that would run unlocked stops the application.
 */
@SuppressWarnings("serial") // advisors are serializable by their superclass, and nobody serializes them
final class SynchronizedAdvisor extends StaticMethodMatcherPointcutAdvisor implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(SynchronizedAdvisor.class);

    private final SynchronizedMethods methods;
    private final ConfigurableListableBeanFactory beans;

    SynchronizedAdvisor(
            SynchronizedMethods methods,
            SynchronizedInterceptor advice,
            ConfigurableListableBeanFactory beans,
            int order) {
        super(advice);
        this.methods = methods;
        this.beans = beans;
        setOrder(order);
        setClassFilter(type -> !methods.of(type).isEmpty());
    }

    @Override
    public boolean matches(Method method, Class<?> type) {
        return methods.get(method, type) != null;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            Object bean = beans.getSingleton(name);
            if (bean == null) {
                checkWhatIsMadeLater(name);
            } else if (!(bean instanceof FactoryBean)) {
                Map<Method, SynchronizedMethod> advised = methods.of(bean.getClass());
                if (!advised.isEmpty()) {
                    requireAdvised(name, bean, advised);
                }
            }
        }
    }

    private void checkWhatIsMadeLater(String name) {
        try {
            Class<?> type = beans.getType(name, false);
            if (type != null) {
                methods.of(type);
            }
        } catch (BeansException | IllegalStateException e) {
            LOG.debug("Bean '%s' is looked at when it is made, because its class cannot be loaded".formatted(name), e);
        }
    }

    private void requireAdvised(String name, Object bean, Map<Method, SynchronizedMethod> synchronizedMethods) {
        if (!isAdvised(bean)) {
            throw new AnnotatedMethodException(
                    "%s would run without the lock of @Synchronized, because bean '%s' was made before it could be proxied: a BeanPostProcessor needs it. Have that ask for it later, through an ObjectProvider"
                            .formatted(any(synchronizedMethods), name));
        }
        if (AopUtils.isCglibProxy(bean)) {
            synchronizedMethods.forEach((method, synchronizedMethod) -> {
                if (!overrides(bean.getClass(), method)) {
                    throw new AnnotatedMethodException(
                            "%s would run without the lock of @Synchronized, because the proxy of bean '%s' cannot override it: make it public or protected"
                                    .formatted(synchronizedMethod.name(), name));
                }
            });
        }
    }

    private boolean isAdvised(Object bean) {
        if (!(bean instanceof Advised proxy)) {
            return bean instanceof SpringProxy; // which does not tell by whom
        }
        return List.of(proxy.getAdvisors()).contains(this) || isAdvisedInside(proxy);
    }

    private boolean isAdvisedInside(Advised proxy) {
        Object target = AopProxyUtils.getSingletonTarget(proxy);
        return target != null && isAdvised(target);
    }

    private static boolean overrides(Class<?> proxy, Method method) {
        return Stream.of(proxy.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static String any(Map<Method, SynchronizedMethod> methods) {
        return methods.values().iterator().next().name();
    }
}
