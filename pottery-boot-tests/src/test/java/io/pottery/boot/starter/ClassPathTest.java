package io.pottery.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.util.ClassUtils;

/** What these tests run on is what they are about. */
class ClassPathTest {

    private static final String LINE = property("pottery.line").replace("boot-", "");

    @Test
    void thisIsTheSpringBootOfTheModule() {
        assertThat(SpringBootVersion.getVersion())
                .isEqualTo(property("pottery.spring-boot"))
                .startsWith(LINE + ".");
    }

    @Test
    void thisIsTheJavaThatWasAskedFor() {
        assertThat(Runtime.version().feature()).hasToString(property("pottery.java"));
    }

    @Test
    void redisIsConfiguredByTheClassThatThisLineHas() {
        boolean isThree = LINE.startsWith("3.");
        assertThat(isPresent("org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration"))
                .isEqualTo(isThree);
        assertThat(isPresent("org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"))
                .isNotEqualTo(isThree);
    }

    @Test
    void theJacksonIsTheOneOfThisLine() {
        boolean isThree = LINE.startsWith("3.");
        assertThat(isPresent("com.fasterxml.jackson.databind.ObjectMapper")).isEqualTo(isThree);
        assertThat(isPresent("tools.jackson.databind.json.JsonMapper")).isNotEqualTo(isThree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.github.benmanes.caffeine.cache.Caffeine",
                "io.micrometer.core.instrument.MeterRegistry",
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint"
            })
    void whatIsOptionalIsThereIfItWasAskedFor(String type) {
        assertThat(isPresent(type)).isEqualTo(Boolean.parseBoolean(property("pottery.optional")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.servlet.Servlet",
                "jakarta.validation.Validator",
                "org.aspectj.lang.annotation.Aspect",
                "redis.clients.jedis.Jedis"
            })
    void theStarterBringsNothingThatItDoesNotNeed(String type) {
        assertThat(isPresent(type)).isFalse();
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, null);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as(name).isNotNull();
        return value;
    }
}
