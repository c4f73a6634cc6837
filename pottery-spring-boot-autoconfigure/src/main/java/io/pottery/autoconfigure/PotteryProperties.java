package io.pottery.autoconfigure;

import io.pottery.key.InefficientAccessListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Configuration properties for Pottery.
 *
 * @param enabled Whether to provide a PotteryFactory.
 * @param keyPrefix Prefix of every key in Redis, put before the name of the container.
 * @param connectionFactory Name of the RedisConnectionFactory bean to use in place of the only or primary one.
 * @param inefficientAccess What to do with calls that read or move a whole container, unless there is an
 *     InefficientAccessListener bean.
 * @param lock What locks need.
 * @param id What ids need.
 */
@ConfigurationProperties("pottery")
public record PotteryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String keyPrefix,
        @Nullable String connectionFactory,
        @DefaultValue("ignore") InefficientAccess inefficientAccess,
        @DefaultValue Lock lock,
        @DefaultValue Id id) {

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

    /**
     * What locks need.
     *
     * @param masters Independent Redis servers, a majority of which decides about locks, and about ids unless they have
     *     masters of their own, in place of the application's Redis.
     * @param advisorOrder Order of @Synchronized among other advice. By default the lock is around transactions.
     */
    public record Lock(
            @DefaultValue List<Master> masters,
            @DefaultValue("2147483547") int advisorOrder) {}

    /**
     * What ids need.
     *
     * @param masters Independent Redis servers, a majority of which decides about ids, in place of those that decide
     *     about locks.
     */
    public record Id(@DefaultValue List<Master> masters) {}

    /**
     * One master: either a URL, or a host with what else it takes to connect there.
     *
     * @param url URL such as redis://user:password@host:6379/0?timeout=500ms, or rediss:// for TLS.
     * @param host Host name or address, if there is no URL.
     * @param port Port on the host.
     * @param database Database to use.
     * @param username Name to log in with, if it is not that of the default user.
     * @param password Password to log in with.
     * @param timeout How long to wait for a connection, and for any answer before a connection is given up, unless the
     *     URL says.
     * @param ssl Whether and how to use TLS.
     */
    public record Master(
            @Nullable String url,
            @Nullable String host,
            @DefaultValue("6379") int port,
            @DefaultValue("0") int database,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("1s") Duration timeout,
            @DefaultValue Ssl ssl) {

        private static final String MASK = "***";

        /** Shows no password. */
        @Override
        public String toString() {
            return "Master[url=%s, host=%s, port=%d, database=%d, username=%s, password=%s, timeout=%s, ssl=%s]"
                    .formatted(
                            url == null ? null : masked(url),
                            host,
                            port,
                            database,
                            username,
                            password == null ? null : MASK,
                            timeout,
                            ssl);
        }

        /** {@code url} without user name and password; nothing of what is no URL, where they can be anywhere. */
        private static String masked(String url) {
            try {
                URI uri = URI.create(url);
                if (uri.getHost() == null) {
                    return MASK;
                }
                String secret = uri.getRawUserInfo();
                return secret == null ? url : url.replace(secret + "@", MASK + "@");
            } catch (IllegalArgumentException e) {
                return MASK;
            }
        }
    }

    /**
     * Whether and how to use TLS.
     *
     * @param enabled Whether to use TLS; by default, if there is a bundle or the URL says so.
     * @param bundle Name of the SSL bundle with the certificates to trust and to show; by default, those of the JVM.
     */
    public record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {

        boolean isEnabled() {
            return enabled == null ? StringUtils.hasText(bundle) : enabled;
        }
    }
}
