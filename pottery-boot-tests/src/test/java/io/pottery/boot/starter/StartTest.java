package io.pottery.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryProperties;
import io.pottery.boot.Applications;
import io.pottery.error.PotteryException;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** How an application with the starter starts, or says why it does not. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static RedisServer server;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnFactory {

        @Bean
        PotteryFactory ownPotteryFactory(RedisConnectionFactory connections) {
            return PotteryFactory.create(connections);
        }
    }

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @Test
    void thereIsAFactoryOnBootsConnections(CapturedOutput output) {
        try (ConfigurableApplicationContext application = run()) {
            PotteryFactory pottery = application.getBean("potteryFactory", PotteryFactory.class);
            assertThat(pottery.set("any", String.class).redis().getConnectionFactory())
                    .isSameAs(application.getBean(RedisConnectionFactory.class));
        }
        assertThat(output).doesNotContain(Applications.MADE_TOO_EARLY).doesNotContain(" WARN ");
    }

    @Test
    void theApplicationsOwnFactoryWins() {
        try (ConfigurableApplicationContext application = Applications.run(OwnFactory.class, server)) {
            assertThat(application.getBeanNamesForType(PotteryFactory.class)).containsExactly("ownPotteryFactory");
        }
    }

    @Test
    void thereIsNoneIfPotteryIsSwitchedOff() {
        try (ConfigurableApplicationContext application = run("pottery.enabled=false")) {
            assertThat(application.getBeanNamesForType(PotteryFactory.class)).isEmpty();
        }
    }

    @Test
    void propertiesAreBound() {
        try (ConfigurableApplicationContext application = run(
                "pottery.key-prefix=shop:",
                "pottery.inefficient-access=throw",
                "pottery.lock.advisor-order=7",
                "pottery.cache.manager.caches.books.ttl=5m")) {
            PotteryProperties properties = application.getBean(PotteryProperties.class);
            assertThat(properties.lock().advisorOrder()).isEqualTo(7);
            assertThat(properties.lock().masters()).isEmpty();
            assertThat(properties.cache().manager().caches().get("books").ttl()).isEqualTo(Duration.ofMinutes(5));
            var prices = application.getBean(PotteryFactory.class).dict("prices", String.class, String.class);
            prices.put("tea", "2.20");
            assertThat(server.execute("HGET", "shop:prices", "\"tea\"")).isEqualTo("\"2.20\"");
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(prices::toMap)
                    .withMessageContaining("pottery.inefficient-access=throw");
        }
    }

    @Test
    void aPropertyThatCannotBeIsToldByName(CapturedOutput output) {
        assertThat(catchThrowable(() -> run("pottery.key-prefix=shop\u0007:"))).isNotNull();
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "for configuration property 'pottery.key-prefix'",
                        "control character at index 4")
                .doesNotContain("\tat ");
    }

    @Test
    void theApplicationStartsWhileEveryRedisIsDown() {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (ConfigurableApplicationContext application = Applications.run(
                Applications.Empty.class,
                gone,
                "pottery.lock.masters[0].url=" + Applications.url(gone),
                "pottery.lock.masters[0].timeout=200ms")) {
            PotteryFactory pottery = application.getBean(PotteryFactory.class);
            var tel = pottery.dict("tel", String.class, String.class);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> tel.get("jack"))
                    .withMessageContaining("127.0.0.1:" + gone.port());
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> pottery.redlock("printer").tryAcquire())
                    .withMessageContaining("redlock:printer");
        }
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return Applications.run(Applications.Empty.class, server, properties);
    }
}
