package io.pottery.autoconfigure;

import io.pottery.key.InefficientAccessListener;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for Pottery.
 *
 * @param enabled Whether to provide a PotteryFactory.
 * @param keyPrefix Prefix of every key in Redis, put before the name of the container.
 * @param connectionFactory Name of the RedisConnectionFactory bean to use in place of the only or primary one.
 * @param inefficientAccess What to do with calls that read or move a whole container, unless there is an
 *     InefficientAccessListener bean.
 */
@ConfigurationProperties("pottery")
public record PotteryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String keyPrefix,
        @Nullable String connectionFactory,
        @DefaultValue("ignore") InefficientAccess inefficientAccess) {

    /** What to do with calls that read or move a whole container. */
    public enum InefficientAccess {

        /** Let them pass. */
        IGNORE,

        /** Log a warning for the first one from each place in the code. */
        LOG,

        /** Refuse them with a PotteryException. */
        THROW;

        InefficientAccessListener listener() {
            return switch (this) {
                case IGNORE -> InefficientAccessListener.ignore();
                case LOG -> InefficientAccessListener.log();
                case THROW -> InefficientAccessListener.refuse();
            };
        }
    }
}
