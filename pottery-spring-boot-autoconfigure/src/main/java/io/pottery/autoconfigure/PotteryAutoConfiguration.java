package io.pottery.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.FigureListener;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.codec.JsonCodecs;
import io.pottery.error.MasterConfigurationException;
import io.pottery.key.InefficientAccessListener;
import java.util.concurrent.Executor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Provides a {@link PotteryFactory} wherever there is a Redis connection factory; connects to nothing at start. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration"
        })
@ConditionalOnClass({PotteryFactory.class, RedisConnectionFactory.class})
@ConditionalOnProperty(name = "pottery.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PotteryProperties.class)
@Import(MastersConfiguration.class)
public final class PotteryAutoConfiguration {

    private static final Log LOG = LogFactory.getLog(PotteryAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(RedisConnectionFactory.class)
    PotteryFactory potteryFactory(
            ListableBeanFactory beans,
            ObjectProvider<InefficientAccessListener> listener,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<FigureListener> figures,
            ObjectProvider<JsonCodecs> codecs,
            ObjectProvider<RedisMasters> masters,
            ObjectProvider<ConfiguredMasters> configured,
            @Qualifier(MastersConfiguration.ID_MASTERS) ObjectProvider<RedisMasters> idMasters,
            @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)
                    ObjectProvider<Executor> executor,
            PotteryProperties properties) {
        PotteryFactory.Builder builder = PotteryFactory.builder(
                        new ConnectionFactories(beans).choose(properties.connectionFactory()))
                .keyPrefix(properties.keyPrefix())
                .batching(properties.batching().enabled())
                .inefficientAccess(listener.getIfUnique(
                        () -> properties.inefficientAccess().listener()));
        builder.observations(new LateObservationRegistry(observations)).figures(new LateFigureListener(figures));
        codecs.ifAvailable(builder::codecs);
        executor.ifAvailable(builder::executor);
        RedisMasters ofLocks = masters.getIfAvailable(() -> ofLocks(configured.getIfAvailable()));
        RedisMasters ofIds = idMasters.getIfAvailable(() -> ofIds(configured.getIfAvailable()));
        decide(builder, ofLocks, ofIds);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new RefusedPropertyException("pottery.key-prefix", properties.keyPrefix(), e);
        }
    }

    private static @Nullable RedisMasters ofLocks(@Nullable ConfiguredMasters configured) {
        return configured == null ? null : configured.ofLocks();
    }

    private static @Nullable RedisMasters ofIds(@Nullable ConfiguredMasters configured) {
        return configured == null ? null : configured.ofIds();
    }

    /** Has {@code masters} decide about locks, and {@code ids}, or else those of the locks, about ids. */
    private static void decide(
            PotteryFactory.Builder builder, @Nullable RedisMasters masters, @Nullable RedisMasters ids) {
        if (ids != null && ids == masters) {
            throw new MasterConfigurationException(
                    "'%s' decides about ids alone, but is the RedisMasters bean that is injected by type: declare it with @Bean(defaultCandidate = false)"
                            .formatted(MastersConfiguration.ID_MASTERS));
        }
        if (masters == null) {
            String what = ids == null ? "locks and ids" : "locks";
            LOG.info(
                    "The application's Redis is the only master for %s: name three or five independent ones in %s for %s that outlive the loss of a server"
                            .formatted(what, ConfiguredMaster.LOCKS, what));
        } else {
            builder.masters(masters);
        }
        if (ids != null) {
            builder.idMasters(ids);
        }
    }
}
