package io.pottery.autoconfigure.health;

import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Provides the health called {@code pottery}: whether the masters of locks and ids can be reached. */
@AutoConfiguration(after = PotteryAutoConfiguration.class)
@ConditionalOnClass({
    PotteryFactory.class,
    RedisConnectionFactory.class,
    HealthIndicator.class,
    ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnSingleCandidate(PotteryFactory.class)
@ConditionalOnEnabledHealthIndicator("pottery")
public final class PotteryHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"potteryHealthIndicator", "potteryHealthContributor"})
    CompositeHealthContributor potteryHealthContributor(PotteryFactory pottery) {
        return CompositeHealthContributor.fromMap(MastersHealth.of(pottery));
    }
}
