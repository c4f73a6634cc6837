package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.HttpCalls.Reply;
import io.pottery.testredis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a Redis of the user's, whom it serves but does not own. */
class ConfiguredRedisTest {

    @Test
    void entriesSurviveARestartOfTheApplication() {
        try (RedisServer server = RedisServer.start()) {
            try (ConfigurableApplicationContext application = start(server)) {
                callsTo(application).put("/phonebook/Ada", "{\"number\": \"+44 20 7946 0018\"}");
            }
            try (ConfigurableApplicationContext application = start(server)) {
                Reply reply = callsTo(application).get("/phonebook/Ada");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json().path("number").asString()).isEqualTo("+44 20 7946 0018");
            }
        }
    }

    @Test
    void entriesAreStoredAsPythonPotteryWritesThem() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext application = start(server)) {
            HttpCalls http = callsTo(application);
            http.put("/phonebook/J%C3%B6rg", "{\"number\": \"+49 30 901820\"}");
            assertThat(server.execute("HGETALL", "phonebook"))
                    .isEqualTo(List.of("\"J\\u00f6rg\"", "\"+49 30 901820\""));
            Reply redis = http.get("/redis");
            assertThat(redis.json().path("key").asString()).isEqualTo("phonebook");
            assertThat(redis.json().path("address").asString()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(redis.json().path("stored").path("\"J\\u00f6rg\"").asString())
                    .isEqualTo("\"+49 30 901820\"");
        }
    }

    @Test
    void twoApplicationsShareThePhoneBook() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext one = start(server);
                ConfigurableApplicationContext other = start(server)) {
            assertThat(callsTo(one).put("/phonebook/Ada", "{\"number\": \"1\"}").status())
                    .isEqualTo(201);
            assertThat(callsTo(other)
                            .put("/phonebook/Ada", "{\"number\": \"2\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(callsTo(one).get("/phonebook").text()).isEqualTo("{\"Ada\":\"2\"}");
        }
    }

    @Test
    void theApplicationSaysWhenRedisIsDownAndGoesOnWhenItIsBack() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext application = start(server)) {
            HttpCalls http = callsTo(application);
            http.get("/phonebook");
            server.kill();
            assertIsUnavailable(http.get("/phonebook/Ada"), "Redis at 127.0.0.1:" + server.port());
            assertIsUnavailable(http.put("/phonebook/Ada", "{\"number\": \"1\"}"), "'phonebook'");
            assertIsUnavailable(
                    http.importFile("Ada,1".getBytes(StandardCharsets.UTF_8)), "'redlock:phonebook-import'");
            assertIsUnavailable(http.get("/redis"), "Redis does not answer");
            server.restart();
            await().atMost(Duration.ofSeconds(40)) // the client tries again ever more seldom
                    .untilAsserted(
                            () -> assertThat(http.get("/phonebook").status()).isEqualTo(200));
        }
    }

    @Test
    void theApplicationStartsWhileRedisIsDown() {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (ConfigurableApplicationContext application = start(gone)) {
            assertIsUnavailable(callsTo(application).get("/phonebook"), "Redis at 127.0.0.1:" + gone.port());
            assertThat(callsTo(application).get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsNamed() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext application = start(server)) {
            server.execute("RPUSH", "phonebook", "x");
            assertIsUnavailable(callsTo(application).get("/phonebook"), "Expected a hash at 'phonebook', found a list");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void oneLineSaysWhichRedisItIsButNotItsPassword(CapturedOutput output) {
        try (RedisServer server = RedisServer.with("requirepass", "open-sesame").start();
                ConfigurableApplicationContext application =
                        start("redis://:open-sesame@%s:%d".formatted(server.host(), server.port()))) {
            assertThat(callsTo(application).get("/phonebook").status()).isEqualTo(200);
            assertThat(callsTo(application).get("/redis").text()).doesNotContain("open-sesame");
        }
        assertThat(output)
                .containsOnlyOnce("Redis: the configured one at 127.0.0.1:")
                .doesNotContain("open-sesame");
    }

    private static void assertIsUnavailable(Reply reply, String partOfSentence) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(reply.detail()).contains(partOfSentence);
        assertThat(reply.text()).doesNotContain("Exception", "\\tat ");
    }

    private static ConfigurableApplicationContext start(RedisServer server) {
        return start("redis://%s:%d".formatted(server.host(), server.port()));
    }

    /** By a URL, which outweighs whatever else the surroundings configure. */
    private static ConfigurableApplicationContext start(String url) {
        return SpringApplication.run(SampleApplication.class, "--server.port=0", "--spring.data.redis.url=" + url);
    }

    private static HttpCalls callsTo(ConfigurableApplicationContext application) {
        return new HttpCalls(((ServletWebServerApplicationContext) application)
                .getWebServer()
                .getPort());
    }
}
