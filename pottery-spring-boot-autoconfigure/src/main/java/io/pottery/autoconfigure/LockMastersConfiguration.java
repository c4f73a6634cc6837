package io.pottery.autoconfigure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.pottery.RedisMasters;
import io.pottery.autoconfigure.PotteryProperties.Master;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the masters that the properties name. They are one bean, and no connection factories, which would take the
 * place of the application's own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisClient.class)
@Conditional(OnLockMastersCondition.class)
final class LockMastersConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    RedisMasters potteryMasters(
            PotteryProperties properties,
            ObjectProvider<ClientResources> resources,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<LockMasterClientOptionsCustomizer> customizers) {
        RedisMasters.Builder builder = RedisMasters.builder();
        resources.ifUnique(builder::clientResources);
        List<Master> masters = properties.lock().masters();
        for (int i = 0; i < masters.size(); i++) {
            LockMaster master = new LockMaster(i, masters.get(i));
            builder.add(master.uri(), options -> {
                master.secure(options, bundles::getObject);
                customizers.orderedStream().forEach(customizer -> customizer.customize(master.index(), options));
                return options;
            });
        }
        return builder.build();
    }
}
