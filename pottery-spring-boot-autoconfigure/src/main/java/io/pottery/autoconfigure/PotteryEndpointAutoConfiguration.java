package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Provides the endpoint {@code pottery} wherever it is exposed. */
@AutoConfiguration(after = PotteryAutoConfiguration.class)
@ConditionalOnClass({
    PotteryFactory.class,
    RedisConnectionFactory.class,
    Endpoint.class,
    ConditionalOnAvailableEndpoint.class
})
@ConditionalOnSingleCandidate(PotteryFactory.class)
@ConditionalOnAvailableEndpoint(PotteryEndpoint.class)
public final class PotteryEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PotteryEndpoint potteryEndpoint(PotteryFactory pottery) {
        return new PotteryEndpoint(pottery);
    }
}
