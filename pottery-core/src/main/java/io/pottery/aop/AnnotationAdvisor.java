package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aopalliance.aop.Advice;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Puts the advice of an annotation around its methods. Each class is looked at when its first bean is made, and those
 * whose beans are made later, when all others have been; a method that would run without its advice stops the
 * application.
 */
@SuppressWarnings("serial") // advisors are serializable by their superclass, and nobody serializes them
final class AnnotationAdvisor extends StaticMethodMatcherPointcutAdvisor implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(AnnotationAdvisor.class);

    private final AnnotatedMethods<?> methods;
    private final ConfigurableListableBeanFactory beans;
    private final ReadySingletons ready;

    AnnotationAdvisor(
            AnnotatedMethods<?> methods,
            Advice advice,
            ConfigurableListableBeanFactory beans,
            ReadySingletons ready,
            int order) {
        super(advice);
        this.methods = methods;
        this.beans = beans;
        this.ready = ready;
        setOrder(order);
        setClassFilter(type -> !methods.ifLoaded(type).isEmpty());
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
            } else if (!(bean instanceof FactoryBean) && !ready.contains(name)) {
                Class<?> type = bean.getClass();
                methods.ifLoaded(type).keySet().stream()
                        .findFirst()
                        .ifPresent(method -> requireAdvised(
                                name, bean, why -> methods.without(method, ClassUtils.getUserClass(type), why)));
            }
        }
    }

    private void checkWhatIsMadeLater(String name) {
        try {
            Class<?> type = beans.getType(name, false);
            if (type != null) {
                methods.ifLoaded(type);
            }
        } catch (BeansException e) {
            LOG.debug("Bean '%s' is looked at when it is made".formatted(name), e);
        }
    }

    private void requireAdvised(String name, Object bean, Function<String, AnnotatedMethodException> without) {
        if (!(bean instanceof Advised proxy)) {
            if (bean instanceof SpringProxy || Proxy.isProxyClass(bean.getClass())) {
                return; // which do not tell what is inside
            }
            throw without.apply(
                    "bean '%s' is not proxied: it was made too early, for a BeanPostProcessor, say. Have that ask for it later, through an ObjectProvider"
                            .formatted(name));
        }
        Object target = AopProxyUtils.getSingletonTarget(proxy);
        if (!List.of(proxy.getAdvisors()).contains(this)) {
            if (target != null) {
                requireAdvised(name, target, without);
            }
        } else if (target instanceof Advised inner && isAsynchronous(inner)) {
            throw without.apply("bean '%s' has @Async inside of it: leave the order of @EnableAsync as it is by default"
                    .formatted(name));
        }
    }

    private static boolean isAsynchronous(Advised proxy) {
        return Stream.of(proxy.getAdvisors())
                .anyMatch(advisor -> advisor.getAdvice() instanceof AsyncExecutionInterceptor);
    }
}
