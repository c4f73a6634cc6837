package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.HttpCalls.Reply;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The executable jar, started from what Spring has made ahead of time, as a native image would be. */
class PackagedApplicationTest {

    private static final Pattern START = Pattern.compile("Starting (.*)SampleApplication using");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    @Test
    @Timeout(120)
    void locksAndCachesAsItWasMadeAheadOfTime() throws IOException, InterruptedException {
        // Conditions were decided by the build, so that the Redis here is for one whose surroundings configure another.
        try (RedisServer redis = RedisServer.start();
                ApplicationProcess application = ApplicationProcess.start(
                        "-Dspring.aot.enabled=true",
                        "-jar",
                        System.getProperty("pottery.sample.jar"),
                        "--server.port=0",
                        "--spring.data.redis.url=redis://%s:%d".formatted(redis.host(), redis.port()))) {
            List<MatchResult> lines = application.await(START, PORT);
            assertThat(lines.get(0).group(1)).isEqualTo("AOT-processed ");
            int port = Integer.parseInt(lines.get(1).group(1));
            HttpCalls http = new HttpCalls(port);

            Reply ticket = http.put("/hall/A1", "{\"buyer\": \"Ada\"}");
            assertThat(ticket.status()).isEqualTo(200);
            assertThat(ticket.json().path("fencingToken").asLong()).isPositive(); // that of the lease it was sold under
            http.post("/mail", "{\"to\": \"ada@example.org\", \"subject\": \"Your ticket\"}");
            assertThat(http.post("/mail/postmen", "{}").status()).isEqualTo(200); // another process of the same jar
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    http.get("/mail").json().path("sent").size())
                            .isEqualTo(1));

            assertThat(http.get("/source/hall/Hall.java").text()).contains("@Synchronized");

            assertThat(application.stop()).isTrue();
        }
    }
}
