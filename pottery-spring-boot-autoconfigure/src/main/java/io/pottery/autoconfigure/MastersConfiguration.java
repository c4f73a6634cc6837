package io.pottery.autoconfigure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the masters that are named, as no connection factories, which would take the place of the application's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisClient.class)
final class MastersConfiguration {

    /** A bean that decides about ids. It is had by this name alone, so that it is in nobody's way. */
    static final String ID_MASTERS = "potteryIdMasters";

    @Bean
    @ConditionalOnMissingBean(PotteryLockConnectionDetails.class)
    PropertiesPotteryLockConnectionDetails potteryLockConnectionDetails(PotteryProperties properties) {
        return new PropertiesPotteryLockConnectionDetails(properties);
    }

    @Bean
    ConfiguredMasters potteryConfiguredMasters(
            PotteryLockConnectionDetails details,
            PotteryProperties properties,
            ObjectProvider<ClientResources> resources,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<LockMasterClientOptionsCustomizer> customizers) {
        return new ConfiguredMasters(details, properties, resources, bundles, customizers);
    }
}
