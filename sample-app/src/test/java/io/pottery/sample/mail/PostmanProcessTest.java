package io.pottery.sample.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.ApplicationProcess;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.SampleApplication;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Postmen of an application in a JVM of its own. */
class PostmanProcessTest {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String PASSWORD = "open-sesame";

    @Test
    @Timeout(120)
    void aPostmanGetsIntoTheApplicationsRedisUnseenAndEndsWithTheApplication()
            throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.with("requirepass", PASSWORD).start();
                ApplicationProcess application = ApplicationProcess.start(
                        "-XX:TieredStopAtLevel=1",
                        "-Dspring.data.redis.password=" + PASSWORD,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleApplication.class.getName(),
                        "--server.port=0",
                        "--spring.data.redis.host=" + redis.host(),
                        "--spring.data.redis.port=" + redis.port(),
                        "--pottery.key-prefix=other:",
                        "--pottery.lock.masters[0].url=redis://:%s@%s:%d"
                                .formatted(PASSWORD, redis.host(), redis.port()))) {
            HttpCalls http = new HttpCalls(
                    Integer.parseInt(application.await(PORT).get(0).group(1)));
            http.post("/mail", "{\"to\": \"ada@example.org\", \"subject\": \"Your ticket\"}");
            assertThat(http.post("/mail/postmen", "{}").status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> http.get("/mail").json().path("sent").size() == 1);

            JsonNode postman = http.get("/mail").json().path("postmen").get(0);
            ProcessHandle process =
                    ProcessHandle.of(postman.path("process").asLong()).orElseThrow();
            assertThat(process.info().commandLine())
                    .hasValueSatisfying(
                            command -> assertThat(command).contains("postman").doesNotContain(PASSWORD));

            assertThat(application.kill()).isTrue();
            await().until(() -> !process.isAlive());
            assertThat(redis.execute("EXISTS", "other:mails-desks")).isEqualTo(0L);
            assertThat((List<?>) redis.execute("KEYS", "boxoffice:*")).isEmpty();
        }
    }
}
