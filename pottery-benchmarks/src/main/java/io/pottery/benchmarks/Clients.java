package io.pottery.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How applications connect to a single server, with the defaults of each library. */
public final class Clients {

    private static final Map<String, RedissonClient> KEPT = new ConcurrentHashMap<>();

    private static volatile boolean keeping;

    private Clients() {}

    /** As Spring Boot does, for Pottery and Spring. */
    public static LettuceConnectionFactory spring(String uri) {
        URI address = URI.create(uri);
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(address.getHost(), address.getPort()),
                LettuceClientConfiguration.builder()
                        .shutdownQuietPeriod(Duration.ZERO)
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    /** As Redisson does. */
    public static RedissonClient redisson(String uri) {
        return keeping ? KEPT.computeIfAbsent(uri, Clients::connect) : connect(uri);
    }

    private static RedissonClient connect(String uri) {
        Config config = new Config();
        config.useSingleServer().setAddress(uri);
        return Redisson.create(config);
    }

    /** Closes {@code redisson}, unless clients are kept. */
    public static void close(RedissonClient redisson) {
        if (!keeping) {
            redisson.shutdown();
        }
    }

    /** Has the clients of Redisson serve all benchmarks that follow, until {@code kept} is closed. */
    static AutoCloseable kept() {
        keeping = true;
        return () -> {
            keeping = false;
            KEPT.values().forEach(RedissonClient::shutdown);
            KEPT.clear();
        };
    }
}
