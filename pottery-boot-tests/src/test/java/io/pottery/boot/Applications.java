package io.pottery.boot;

import io.pottery.testredis.RedisServer;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications as Spring Boot starts them. It finds Pottery by itself, whatever its line. */
public final class Applications {

    /** What a bean of Spring says that was made too early. */
    public static final String MADE_TOO_EARLY = "not eligible for getting processed by all BeanPostProcessors";

    private Applications() {}

    /** An application that adds the starter, and nothing else. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Empty {}

    /** Starts {@code application} with {@code redis} as its Redis. */
    public static ConfigurableApplicationContext run(Class<?> application, RedisServer redis, String... properties) {
        return SpringApplication.run(
                application,
                Stream.concat(
                                Stream.of(
                                        "spring.application.name=tests",
                                        "spring.main.banner-mode=off",
                                        "spring.main.web-application-type=none",
                                        "spring.data.redis.host=" + redis.host(),
                                        "spring.data.redis.port=" + redis.port()),
                                Stream.of(properties))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }

    /** The address of {@code redis} as properties have it. */
    public static String url(RedisServer redis) {
        return "redis://%s:%d".formatted(redis.host(), redis.port());
    }
}
