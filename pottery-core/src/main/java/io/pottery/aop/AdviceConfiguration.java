package io.pottery.aop;

import io.pottery.PotteryFactory;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The advice of the annotations, as infrastructure. It is made with the first bean of the context, so it must not need
 * another one: factories are asked for when a method is called.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@Import(AdviceConfiguration.AutoProxies.class)
class AdviceConfiguration {

    static final String LOCK_ORDER = "pottery.lock.advisor-order";

    /** Before a transaction begins and after it has ended, whose order is the lowest. */
    static final int DEFAULT_LOCK_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SynchronizedAdvisor potterySynchronizedAdvisor(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<PotteryFactory> factory,
            ReadySingletons ready) {
        SynchronizedMethods methods = new SynchronizedMethods(new Placeholders(beans, environment));
        return new SynchronizedAdvisor(
                methods, new SynchronizedInterceptor(methods, factory), beans, ready, lockOrder(environment));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ReadySingletons potteryReadySingletons() {
        return new ReadySingletons();
    }

    private static int lockOrder(Environment environment) {
        String order = environment.getProperty(LOCK_ORDER);
        try {
            return order == null ? DEFAULT_LOCK_ORDER : Integer.parseInt(order.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, was '%s'".formatted(LOCK_ORDER, order), e);
        }
    }

    /** Sees to it that beans are proxied, also where nobody else wants that. */
    static class AutoProxies implements ImportBeanDefinitionRegistrar, EnvironmentAware {

        private boolean ofClasses = true;

        @Override
        public void setEnvironment(Environment environment) {
            ofClasses = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
            if (ofClasses) {
                AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
            }
        }
    }
}
