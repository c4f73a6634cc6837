package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Says why there is no factory where one is wanted; Boot's own analysis would propose to declare one. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoFactoryFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final BeanFactory beans;
    private final Environment environment;

    NoFactoryFailureAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        if (cause.getBeanType() != PotteryFactory.class || cause instanceof NoUniqueBeanDefinitionException) {
            return null;
        }
        if (!environment.getProperty("pottery.enabled", Boolean.class, true)) {
            return new FailureAnalysis(
                    "The application needs a PotteryFactory, and pottery.enabled=false says that there is none.",
                    "Take pottery.enabled away, or declare a PotteryFactory bean.",
                    cause);
        }
        boolean connected = beans instanceof ListableBeanFactory all
                && all.getBeanNamesForType(RedisConnectionFactory.class, true, false).length > 0;
        return connected
                ? null
                : new FailureAnalysis(
                        "The application needs a PotteryFactory, and there is no RedisConnectionFactory bean for it.",
                        "Add org.springframework.boot:spring-boot-starter-data-redis, and do not exclude its auto-configuration; or declare a RedisConnectionFactory bean.",
                        cause);
    }
}
