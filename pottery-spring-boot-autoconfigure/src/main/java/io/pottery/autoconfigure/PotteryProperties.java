package io.pottery.autoconfigure;

import io.pottery.key.InefficientAccessListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * @param batching How calls of many threads travel.
 * @param json How objects become JSON.
 * @param lock What locks need.
 * @param id What ids need.
 * @param cache What caches of methods need.
 */
@ConfigurationProperties("pottery")
public record PotteryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String keyPrefix,
        @Nullable String connectionFactory,
        @DefaultValue("ignore") InefficientAccess inefficientAccess,
        @DefaultValue Batching batching,
        @DefaultValue Json json,
        @DefaultValue Lock lock,
        @DefaultValue Id id,
        @DefaultValue Cache cache) {

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
     * How calls of many threads travel.
     *
     * @param enabled Whether calls on one container that would wait for each other go to Redis together, as one
     *     command.
     */
    public record Batching(@DefaultValue("true") boolean enabled) {}

    /**
     * How objects become JSON.
     *
     * @param mapper Which Jackson maps objects, with the mapper that the application has of it, unless there is a
     *     JsonCodecs bean.
     */
    public record Json(@DefaultValue("auto") Mapper mapper) {}

    /** Which Jackson maps objects. */
    public enum Mapper {

        /** The one that the application has a mapper of, or else the one on the class path; Jackson 3 before 2. */
        AUTO,

        /** Jackson 3. */
        JACKSON3,

        /** Jackson 2. */
        JACKSON2
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

        /** The master at {@code url}, such as redis://user:password@host:6379/0, and all else as by default. */
        public static Master at(String url) {
            return new Master(url, null, 6379, 0, null, null, Duration.ofSeconds(1), new Ssl(null, null));
        }

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

    /**
     * What caches of methods need.
     *
     * @param advisorOrder Order of @RedisCacheable and @RedisCacheEvict among other advice. By default they are around
     *     locks and transactions.
     * @param manager What Spring's own annotations need.
     */
    public record Cache(
            @DefaultValue("2147483447") int advisorOrder,
            @DefaultValue Manager manager) {}

    /**
     * What Spring's own annotations need.
     *
     * @param enabled Whether to provide a CacheManager for @Cacheable and the like, in place of the one that
     *     spring.cache is about.
     * @param caches Caches that it manages, by the names that annotations have for them.
     */
    public record Manager(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Map<String, ManagedCache> caches) {}

    /**
     * One cache.
     *
     * @param valueType Class of the values. It has no type arguments: for those, declare a PotteryCacheManager bean.
     * @param timeout How long after the last access the whole cache ends; by default 60s, or never if there is a ttl.
     * @param ttl How long after it was stored an entry ends.
     * @param jitter By which part of it, at most, each time to live is shortened at random.
     * @param nullTtl How long after it was stored a null ends; by default nulls are not stored.
     * @param sync Whether one process at a time computes an entry. It takes sync = true in the annotation, too.
     * @param lease How long others wait for one that computes an entry.
     * @param refreshAhead Less than this before it ends, an entry that is asked for is computed anew.
     * @param near How many entries each process keeps in its own memory.
     * @param failOpen Whether methods are called while Redis fails; else they fail.
     */
    public record ManagedCache(
            @Nullable Class<?> valueType,
            @Nullable Duration timeout,
            @Nullable Duration ttl,
            @DefaultValue("0.1") double jitter,
            @Nullable Duration nullTtl,
            @DefaultValue("false") boolean sync,
            @DefaultValue("10s") Duration lease,
            @Nullable Duration refreshAhead,
            @DefaultValue("0") int near,
            @DefaultValue("true") boolean failOpen) {}
}
