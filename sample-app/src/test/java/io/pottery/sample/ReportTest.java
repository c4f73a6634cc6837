package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls.Reply;
import io.pottery.testredis.RedisServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The report that is remembered. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReportTest {

    private static final RedisServer REDIS = RedisServer.start();

    private HttpCalls http;

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.url", () -> "redis://%s:%d".formatted(REDIS.host(), REDIS.port()));
    }

    @BeforeEach
    void emptyPhoneBook(@LocalServerPort int port) {
        http = new HttpCalls(port);
        REDIS.execute("FLUSHALL");
    }

    @Test
    void isCountedOnceAndAgainAfterAnImport() {
        http.put("/phonebook/ada", "{\"number\": \"1\"}");
        Reply first = http.get("/report");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("report").path("byInitial").toString()).isEqualTo("{\"A\":1}");

        http.put("/phonebook/Bob", "{\"number\": \"2\"}");
        Reply second = http.get("/report");
        assertThat(second.json().path("report")).isEqualTo(first.json().path("report"));
        assertThat(hits(second)).isEqualTo(hits(first) + 1);

        http.importFile("Ann,1\nCharles,3\n".getBytes(StandardCharsets.UTF_8));
        Reply third = http.get("/report");
        assertThat(third.json().path("report").path("entries").asInt()).isEqualTo(4);
        assertThat(third.json().path("report").path("byInitial").toString()).isEqualTo("{\"A\":2,\"B\":1,\"C\":1}");
        assertThat(third.json().path("cache").path("size").asInt()).isEqualTo(1);
    }

    private static int hits(Reply reply) {
        return reply.json().path("cache").path("hits").asInt();
    }
}
