package io.pottery.sample.redis;

import io.pottery.autoconfigure.PotteryLockConnectionDetails;
import io.pottery.autoconfigure.PotteryProperties;
import io.pottery.testredis.RedisServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Brings servers along where the user has configured none, so that the sample runs with Java alone. */
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConfiguration.class);

    @Bean
    RedisInUse redisInUse(ObjectProvider<RedisServer> own, DataRedisConnectionDetails details) {
        RedisServer server = own.getIfAvailable();
        RedisInUse redis = server == null ? RedisInUse.configured(details) : RedisInUse.own(server);
        LOG.info("Redis: {}", redis.sentence());
        return redis;
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(NothingConfigured.Redis.class)
    static class OwnRedis {

        /** A process that ends with the context, and also with the JVM, however that ends. */
        @Bean
        RedisServer redisServer() {
            return NoRedisException.unless(RedisServer::start);
        }

        @Bean
        DataRedisConnectionDetails ownRedisConnectionDetails(RedisServer server) {
            return new DataRedisConnectionDetails() {
                @Override
                public Standalone getStandalone() {
                    return Standalone.of(server.host(), server.port());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional({NothingConfigured.Redis.class, NothingConfigured.Masters.class})
    static class OwnMasters {

        /** Not for a Redis of the user's: applications that share that must share their masters, too. */
        @Bean
        LockMasters lockMasters() {
            return NoRedisException.unless(LockMasters::start);
        }

        @Bean
        PotteryLockConnectionDetails ownLockConnectionDetails(LockMasters masters) {
            return () -> masters.servers().stream()
                    .map(server -> "redis://" + server.host() + ":" + server.port())
                    .map(PotteryProperties.Master::at)
                    .toList();
        }
    }
}
