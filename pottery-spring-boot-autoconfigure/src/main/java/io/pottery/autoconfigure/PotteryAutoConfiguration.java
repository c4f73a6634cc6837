package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import io.pottery.key.InefficientAccessListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Provides a {@link PotteryFactory} wherever there is a Redis connection factory; connects to nothing at start. */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({PotteryFactory.class, RedisConnectionFactory.class})
@ConditionalOnProperty(name = "pottery.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PotteryProperties.class)
public final class PotteryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(RedisConnectionFactory.class)
    PotteryFactory potteryFactory(
            ListableBeanFactory beans,
            ObjectProvider<InefficientAccessListener> listener,
            PotteryProperties properties) {
        PotteryFactory.Builder builder = PotteryFactory.builder(
                        new ConnectionFactories(beans).choose(properties.connectionFactory()))
                .keyPrefix(properties.keyPrefix())
                .inefficientAccess(listener.getIfUnique(
                        () -> properties.inefficientAccess().listener()));
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "pottery.key-prefix", properties.keyPrefix(), e.getMessage() + ".", e);
        }
    }
}
