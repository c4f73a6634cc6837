package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import io.pottery.cache.PotteryCacheManager;
import io.pottery.cache.RedisCache;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Provides the caches that the properties declare to Spring's own annotations, before Spring Boot would provide others.
 * Whoever has asked for them gets them, or an application that does not start; unless the application has a
 * {@link CacheManager} of its own, which wins.
 */
@AutoConfiguration(
        after = PotteryAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
            "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration"
        })
@ConditionalOnClass({PotteryFactory.class, RedisConnectionFactory.class})
@ConditionalOnBooleanProperty("pottery.cache.manager.enabled")
@EnableConfigurationProperties(PotteryProperties.class)
public final class PotteryCacheManagerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(CacheManager.class)
    PotteryCacheManager potteryCacheManager(PotteryFactory pottery, PotteryProperties properties) {
        Map<String, RedisCache<?, ?>> caches = new LinkedHashMap<>();
        properties.cache().manager().caches().forEach((name, cache) -> {
            caches.put(name, new ConfiguredCache(name, cache).open(pottery));
        });
        return PotteryCacheManager.of(caches);
    }
}
