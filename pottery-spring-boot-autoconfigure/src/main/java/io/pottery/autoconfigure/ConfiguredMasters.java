package io.pottery.autoconfigure;

import io.lettuce.core.resource.ClientResources;
import io.pottery.RedisMasters;
import io.pottery.autoconfigure.PotteryProperties.Master;
import io.pottery.error.MasterConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * The masters that connection details and properties name, made when they are asked for: tests with containers name
 * them later than conditions of beans are looked at, and an application that was made ahead of time has had its
 * conditions looked at when it was built.
 */
final class ConfiguredMasters implements DisposableBean {

    private final PotteryLockConnectionDetails details;
    private final PotteryProperties properties;
    private final ObjectProvider<ClientResources> resources;
    private final ObjectProvider<SslBundles> bundles;
    private final ObjectProvider<LockMasterClientOptionsCustomizer> customizers;
    private final List<RedisMasters> made = new ArrayList<>(2);

    ConfiguredMasters(
            PotteryLockConnectionDetails details,
            PotteryProperties properties,
            ObjectProvider<ClientResources> resources,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<LockMasterClientOptionsCustomizer> customizers) {
        this.details = details;
        this.properties = properties;
        this.resources = resources;
        this.bundles = bundles;
        this.customizers = customizers;
    }

    /** Those that decide about locks; null if none are named. */
    @Nullable
    RedisMasters ofLocks() {
        if (details instanceof PropertiesPotteryLockConnectionDetails) {
            return made(ConfiguredMaster.LOCKS, properties.lock().masters());
        }
        String list = PotteryLockConnectionDetails.class.getSimpleName();
        RedisMasters masters = made(list, details.getMasters());
        if (masters == null) {
            throw new RefusedMastersException(
                    list,
                    new MasterConfigurationException("There is a %s bean, and it has no masters".formatted(list)));
        }
        return masters;
    }

    /** Those that decide about ids; null if none are named. */
    @Nullable
    RedisMasters ofIds() {
        return made(ConfiguredMaster.IDS, properties.id().masters());
    }

    private @Nullable RedisMasters made(String list, List<Master> masters) {
        if (masters.isEmpty()) {
            return null;
        }
        RedisMasters.Builder builder = RedisMasters.builder().named(list);
        resources.ifUnique(builder::clientResources);
        try {
            for (int i = 0; i < masters.size(); i++) {
                add(new ConfiguredMaster(list, i, masters.get(i)), builder);
            }
            RedisMasters built = builder.build();
            made.add(built);
            return built;
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

    @Override
    public void destroy() {
        made.forEach(RedisMasters::close);
    }
}
