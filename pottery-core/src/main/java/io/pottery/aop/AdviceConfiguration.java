package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
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
import org.springframework.util.function.SingletonSupplier;

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

    static final String CACHE_ORDER = "pottery.cache.advisor-order";

    /** Outside of the lock, which a result that is cached does not need. */
    static final int DEFAULT_CACHE_ORDER = DEFAULT_LOCK_ORDER - 100;

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotationAdvisor potterySynchronizedAdvisor(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<PotteryFactory> factory,
            ReadySingletons ready) {
        return advisor(
                SynchronizedMethod.ANNOTATION,
                SynchronizedCall::run,
                beans,
                environment,
                factory,
                ready,
                order(environment, LOCK_ORDER, DEFAULT_LOCK_ORDER));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotatedMethods<CacheableMethod> potteryCacheableMethods(
            ConfigurableListableBeanFactory beans, Environment environment) {
        return new AnnotatedMethods<>(CacheableMethod.ANNOTATION, new Placeholders(beans, environment));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CacheHandles potteryCacheHandles(ObjectProvider<PotteryFactory> factory) {
        return new CacheHandles(required(factory, CacheableMethod.ANNOTATION));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotationAdvisor potteryCacheableAdvisor(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            AnnotatedMethods<CacheableMethod> methods,
            CacheHandles handles,
            ReadySingletons ready) {
        return new AnnotationAdvisor(
                methods,
                new AnnotationInterceptor<>(methods, CacheableCall.lookUp(handles)),
                beans,
                ready,
                order(environment, CACHE_ORDER, DEFAULT_CACHE_ORDER));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotationAdvisor potteryCacheEvictAdvisor(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<PotteryFactory> factory,
            ReadySingletons ready) {
        return advisor(
                EvictingMethod.ANNOTATION,
                EvictingCall::run,
                beans,
                environment,
                factory,
                ready,
                order(environment, CACHE_ORDER, DEFAULT_CACHE_ORDER));
    }

    /**
     * Makes the caches when all other beans are there: what is wrong with one stops the application. A factory that
     * nobody has asked for yet is left alone.
     */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SmartInitializingSingleton potteryCachesInAdvance(
            ConfigurableListableBeanFactory beans, AnnotatedMethods<CacheableMethod> methods, CacheHandles handles) {
        return () -> {
            List<String> factories = List.of(beans.getBeanNamesForType(PotteryFactory.class, true, false));
            if (!factories.isEmpty() && factories.stream().allMatch(beans::containsSingleton)) {
                methods.all().forEach(handles::prepare);
            }
        };
    }

    @Bean
    static RedisCaches potteryRedisCaches(
            AnnotatedMethods<CacheableMethod> methods,
            @Qualifier("potteryCacheableAdvisor") AnnotationAdvisor advisor,
            CacheHandles handles) {
        return new RedisCaches(methods, advisor, handles);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ReadySingletons potteryReadySingletons() {
        return new ReadySingletons();
    }

    private static <T> AnnotationAdvisor advisor(
            AdvisedAnnotation<T> annotation,
            FactoryAdvice<T> advice,
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<PotteryFactory> factory,
            ReadySingletons ready,
            int order) {
        AnnotatedMethods<T> methods = new AnnotatedMethods<>(annotation, new Placeholders(beans, environment));
        Supplier<PotteryFactory> pottery = required(factory, annotation);
        return new AnnotationAdvisor(
                methods,
                new AnnotationInterceptor<>(
                        methods, (method, invocation) -> advice.run(method, pottery.get(), invocation)),
                beans,
                ready,
                order);
    }

    /** What comes between a caller and an annotated method, and needs the factory. */
    @FunctionalInterface
    private interface FactoryAdvice<T> {

        @Nullable
        Object run(T method, PotteryFactory pottery, ProxyMethodInvocation invocation) throws Throwable;
    }

    private static Supplier<PotteryFactory> required(
            ObjectProvider<PotteryFactory> factory, AdvisedAnnotation<?> annotation) {
        return SingletonSupplier.of(() -> {
            PotteryFactory pottery = factory.getIfAvailable();
            if (pottery == null) {
                throw new PotteryException(
                        "There is no PotteryFactory bean, so that methods with %s cannot have their %s and do not run: declare one, or see why Spring Boot has none"
                                .formatted(annotation.at(), annotation.effect()));
            }
            return pottery;
        });
    }

    private static int order(Environment environment, String property, int otherwise) {
        String order = environment.getProperty(property);
        try {
            return order == null ? otherwise : Integer.parseInt(order.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, was '%s'".formatted(property, order), e);
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
