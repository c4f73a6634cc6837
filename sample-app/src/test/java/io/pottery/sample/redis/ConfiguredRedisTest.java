package io.pottery.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import io.pottery.sample.SampleApplication;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on servers of the user's, whom it serves but does not own. */
class ConfiguredRedisTest {

    private static final String ADA = "{\"buyer\": \"Ada\"}";

    @Test
    void ticketsAreStoredAsPythonPotteryWritesThemAndSurviveARestart() {
        try (RedisServer server = RedisServer.start()) {
            try (ConfigurableApplicationContext application = start(server)) {
                Reply ticket = callsTo(application).put("/hall/A1", "{\"buyer\": \"Jörg\"}");
                long token = ticket.json().path("fencingToken").asLong();
                assertThat(server.execute("HGETALL", "boxoffice:hall"))
                        .isEqualTo(List.of(
                                "\"A1\"",
                                "{\"buyer\": \"J\\u00f6rg\", \"fencingToken\": %d, \"number\": 1, \"seat\": \"A1\"}"
                                        .formatted(token)));
            }
            try (ConfigurableApplicationContext application = start(server)) {
                HttpCalls http = callsTo(application);
                assertThat(buyerOf("A1", http)).isEqualTo("Jörg");
                server.execute("DEL", "boxoffice:hall");
                server.execute("RPUSH", "boxoffice:hall", "x");
                assertIsUnavailable(http.get("/hall"), "Expected a hash at 'boxoffice:hall', found a list");
            }
        }
    }

    @Test
    void twoApplicationsShareTheHallAndTheMasters() {
        List<RedisServer> servers = RedisServer.start(4);
        String[] masters = Stream.of(1, 2, 3)
                .map(i -> "--pottery.lock.masters[%d].url=%s".formatted(i - 1, url(servers.get(i))))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext one = start(url(servers.get(0)), masters);
                ConfigurableApplicationContext other = start(url(servers.get(0)), masters)) {
            assertThat(callsTo(one).put("/hall/A1", ADA).status()).isEqualTo(200);
            Reply sold = callsTo(other).put("/hall/A1", "{\"buyer\": \"Bob\"}");
            assertThat(sold.status()).isEqualTo(409);
            assertThat(sold.detail()).isEqualTo("Seat A1 is sold already: choose another one.");
            assertThat(callsTo(one).get("/masters").json().path("masters").size())
                    .isEqualTo(3);
            Reply untouched = callsTo(one).put("/masters/1", "{\"state\": \"stopped\"}");
            assertThat(untouched.status()).isEqualTo(400);
            assertThat(untouched.detail())
                    .isEqualTo("These masters are not the application's own, which touches no others.");
            assertThat(servers.get(1).isRunning()).isTrue();
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    @Test
    void applicationsOnOneRedisLockThereIfNoMastersAreNamed() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext one = start(server);
                ConfigurableApplicationContext other = start(server)) {
            assertThat(callsTo(one).put("/hall/A1", ADA).json().path("number").asLong())
                    .isLessThan(callsTo(other)
                            .put("/hall/A2", ADA)
                            .json()
                            .path("number")
                            .asLong());
            Reply masters = callsTo(other).get("/masters");
            assertThat(masters.json().path("masters").size()).isEqualTo(1);
            assertThat(masters.json().path("own").asBoolean()).isFalse();
            assertThat(server.execute("EXISTS", "{redlock:boxoffice:seat:A1}:fence"))
                    .isEqualTo(1L);
        }
    }

    @Test
    void behindSentinelsNoCommandsAreShownAndNobodyElseIsAsked() {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                SampleApplication.class,
                "--server.port=0",
                "--spring.data.redis.sentinel.master=main",
                "--spring.data.redis.sentinel.nodes=127.0.0.1:1",
                "--spring.data.redis.password=open-sesame")) {
            assertThat(callsTo(application).get("/live").json().path("silent").asString())
                    .isEqualTo("Commands are shown if there is a single Redis, without sentinels or a cluster.");
        }
    }

    @Test
    void theApplicationSaysWhenRedisIsDownAndGoesOnWhenItIsBack() {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext application = start(server)) {
            HttpCalls http = callsTo(application);
            http.get("/hall");
            server.kill();
            assertIsUnavailable(http.get("/hall"), "Redis at 127.0.0.1:" + server.port());
            assertIsUnavailable(http.put("/hall/A1", ADA), "'redlock:boxoffice:seat:A1' is out of reach");
            server.restart();
            await().atMost(Duration.ofSeconds(40)) // the client tries again ever more seldom
                    .untilAsserted(() -> assertThat(http.get("/hall").status()).isEqualTo(200));
        }
    }

    @Test
    void theApplicationStartsWhileRedisIsDown() {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (ConfigurableApplicationContext application = start(gone)) {
            assertIsUnavailable(callsTo(application).get("/hall"), "Redis at 127.0.0.1:" + gone.port());
            assertThat(callsTo(application).get("/").status()).isEqualTo(200);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void oneLineSaysWhichRedisItIsButNotItsPassword(CapturedOutput output) {
        try (RedisServer server = RedisServer.with("requirepass", "open-sesame").start();
                ConfigurableApplicationContext application =
                        start("redis://:open-sesame@%s:%d".formatted(server.host(), server.port()))) {
            HttpCalls http = callsTo(application);
            await().until(
                            () -> { // the commands of a server that wants a password are shown, too
                                http.get("/hall");
                                Reply live = http.get("/live?after=0");
                                assertThat(live.text()).doesNotContain("open-sesame");
                                return live.text().contains("HSCAN boxoffice:hall")
                                        || live.text().contains("HGETALL boxoffice:hall");
                            });
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

    private static String buyerOf(String seat, HttpCalls http) {
        return http.get("/hall").json().path("sold").path(seat).path("buyer").asString();
    }

    private static String url(RedisServer server) {
        return "redis://%s:%d".formatted(server.host(), server.port());
    }

    private static ConfigurableApplicationContext start(RedisServer server) {
        return start(url(server));
    }

    /** By a URL, which outweighs whatever else the surroundings configure. */
    private static ConfigurableApplicationContext start(String url, String... arguments) {
        return SpringApplication.run(
                SampleApplication.class,
                Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--sample.payment-time=1ms",
                                        "--spring.data.redis.url=" + url),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static HttpCalls callsTo(ConfigurableApplicationContext application) {
        return new HttpCalls(((ServletWebServerApplicationContext) application)
                .getWebServer()
                .getPort());
    }
}
