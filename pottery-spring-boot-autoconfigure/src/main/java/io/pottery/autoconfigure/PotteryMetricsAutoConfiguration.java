package io.pottery.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.pottery.FigureListener;
import io.pottery.PotteryFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Makes metrics of what caches and queues count. What locks and masters do is observed, which makes its own. */
@AutoConfiguration(
        before = PotteryAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({PotteryFactory.class, RedisConnectionFactory.class, MeterRegistry.class})
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class PotteryMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(FigureListener.class)
    FigureMeters potteryFigureMeters(MeterRegistry registry) {
        return new FigureMeters(registry);
    }
}
