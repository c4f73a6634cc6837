package io.pottery.autoconfigure;

import io.pottery.codec.JsonCodecs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Provides the {@link JsonCodecs} that map objects with the application's mapper. It is looked for when they are first
 * needed, so the order beside Spring Boot's own configurations of Jackson, which differ by generation, does not matter.
 */
@AutoConfiguration(before = PotteryAutoConfiguration.class)
@ConditionalOnClass(JsonCodecs.class)
@ConditionalOnProperty(name = "pottery.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PotteryProperties.class)
@Import({Jackson3Mapper.class, Jackson2Mapper.class})
public final class PotteryJsonAutoConfiguration {

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    JsonCodecs potteryJsonCodecs(
            ObjectProvider<Jackson3Mapper> jackson3,
            ObjectProvider<Jackson2Mapper> jackson2,
            PotteryProperties properties) {
        return new JsonLibraries(jackson3.getIfAvailable(), jackson2.getIfAvailable())
                .choose(properties.json().mapper());
    }
}
