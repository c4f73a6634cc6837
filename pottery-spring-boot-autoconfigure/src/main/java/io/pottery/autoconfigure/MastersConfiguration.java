package io.pottery.autoconfigure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.pottery.RedisMasters;
import io.pottery.autoconfigure.PotteryProperties.Master;
import io.pottery.error.MasterConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the masters that the properties name. Each list is one bean, and no connection factories, which would take
 * the place of the application's own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisClient.class)
final class MastersConfiguration {

    /** The bean that decides about ids. It is had by this name alone, so that it is in nobody's way. */
    static final String ID_MASTERS = "potteryIdMasters";

    private final ObjectProvider<ClientResources> resources;
    private final ObjectProvider<SslBundles> bundles;
    private final ObjectProvider<LockMasterClientOptionsCustomizer> customizers;

    MastersConfiguration(
            ObjectProvider<ClientResources> resources,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<LockMasterClientOptionsCustomizer> customizers) {
        this.resources = resources;
        this.bundles = bundles;
        this.customizers = customizers;
    }

    @Bean
    @ConditionalOnMissingBean(PotteryLockConnectionDetails.class)
    PropertiesPotteryLockConnectionDetails potteryLockConnectionDetails(PotteryProperties properties) {
        return new PropertiesPotteryLockConnectionDetails(properties);
    }

    /** Null if there are none. Tests with containers set properties too late for a condition to see them. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @Nullable
    RedisMasters potteryMasters(PotteryLockConnectionDetails details) {
        List<Master> masters = details.getMasters();
        return masters.isEmpty() && details instanceof PropertiesPotteryLockConnectionDetails
                ? null
                : masters(ConfiguredMaster.LOCKS, masters);
    }

    /** Null if there are none. */
    @Bean(name = ID_MASTERS, destroyMethod = "close", defaultCandidate = false)
    @ConditionalOnMissingBean(name = ID_MASTERS)
    @Nullable
    RedisMasters potteryIdMasters(PotteryProperties properties) {
        List<Master> masters = properties.id().masters();
        return masters.isEmpty() ? null : masters(ConfiguredMaster.IDS, masters);
    }

    private RedisMasters masters(String list, List<Master> masters) {
        RedisMasters.Builder builder = RedisMasters.builder().named(list);
        resources.ifUnique(builder::clientResources);
        try {
            for (int i = 0; i < masters.size(); i++) {
                add(new ConfiguredMaster(list, i, masters.get(i)), builder);
            }
            return builder.build();
        } catch (MasterConfigurationException e) {
            throw new RefusedMastersException(list, e);
        }
    }

    private void add(ConfiguredMaster master, RedisMasters.Builder builder) {
        builder.add(master.uri(), options -> {
            master.secure(options, bundles::getObject);
            customizers.orderedStream().forEach(customizer -> customizer.customize(master.property(), options));
            return options;
        });
    }
}
