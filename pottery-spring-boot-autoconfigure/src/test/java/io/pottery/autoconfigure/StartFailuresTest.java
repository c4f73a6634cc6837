package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.PotteryFactory;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application says that cannot start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresTest {

    @Test
    void thereIsNoConnectionFactory(CapturedOutput output) {
        fail(NoConnections.class);
        assertThat(output)
                .contains("there is no RedisConnectionFactory bean for it.")
                .contains("Add org.springframework.boot:spring-boot-starter-data-redis");
    }

    @Test
    void potteryIsSwitchedOffAndNeeded(CapturedOutput output) {
        fail(Needy.class, "pottery.enabled=false");
        assertThat(output)
                .contains("pottery.enabled=false says that there is none.")
                .contains("Take pottery.enabled away, or declare a PotteryFactory bean.");
    }

    @Test
    void anotherBeanThatIsMissingIsNoneOfOurs(CapturedOutput output) {
        fail(Other.class);
        assertThat(output).contains("StringBuilder").doesNotContain("PotteryFactory");
    }

    @Test
    void somethingElseIsAtAKey(CapturedOutput output) {
        try (RedisServer server = RedisServer.start()) {
            server.execute("SET", "prices", "1");
            fail(Prices.class, "spring.data.redis.port=" + server.port());
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("Expected a hash at 'prices', found a string")
                    .contains("choose another name, or a pottery.key-prefix of this application's own");
        }
    }

    private static void fail(Class<?> application, String... properties) {
        SpringApplication started = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .build();
        assertThat(catchThrowable(started::run)).isNotNull();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Needy {

        @Bean
        List<Object> needs(PotteryFactory pottery) {
            return List.of(pottery);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataRedisAutoConfiguration.class)
    static class NoConnections {

        @Bean
        List<Object> needs(PotteryFactory pottery) {
            return List.of(pottery);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Other {

        @Bean
        List<Object> needs(StringBuilder nobody) {
            return List.of(nobody);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Prices {

        @Bean
        Map<String, Integer> prices(PotteryFactory pottery) {
            return Map.copyOf(pottery.dict("prices", String.class, Integer.class));
        }
    }
}
