package io.pottery.sample.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The report over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReportTest {

    private static final double QUERY_MILLIS = 200;

    private final HttpCalls http;

    ReportTest(@LocalServerPort int port) {
        http = new HttpCalls(port);
    }

    @BeforeEach
    void nothingIsRemembered() {
        http.delete("/hall");
        http.delete("/report");
    }

    @Test
    void tellsWhatARowHasSold() {
        http.put("/hall/A1", "{\"buyer\": \"Bob\"}");
        http.put("/hall/A2", "{\"buyer\": \"Ada\"}");
        http.put("/hall/A10", "{\"buyer\": \"Ada\"}");
        http.put("/hall/B1", "{\"buyer\": \"Cleo\"}");
        JsonNode sales = http.get("/report?row=A").json().path("sales");
        assertThat(sales.path("row").asString()).isEqualTo("A");
        assertThat(sales.path("tickets").asInt()).isEqualTo(3);
        assertThat(sales.path("bestBuyers").toString())
                .isEqualTo("[{\"name\":\"Ada\",\"tickets\":2},{\"name\":\"Bob\",\"tickets\":1}]");
    }

    @Test
    void isRememberedForTheRow() {
        JsonNode first = http.get("/report?row=A").json();
        assertThat(first.path("remembered").asBoolean()).isFalse();
        assertThat(first.path("millis").asDouble()).isGreaterThanOrEqualTo(QUERY_MILLIS);

        JsonNode again = http.get("/report?row=A").json();
        assertThat(again.path("remembered").asBoolean()).isTrue();
        assertThat(again.path("sales")).isEqualTo(first.path("sales"));
        assertThat(again.path("millis").asDouble()).isLessThan(QUERY_MILLIS);

        assertThat(http.get("/report?row=B").json().path("remembered").asBoolean())
                .isFalse();
        assertThat(http.get("/report/cache").json().path("size").asInt()).isEqualTo(2);
    }

    @Test
    void isMadeAnewWhenItWasForgotten() {
        http.get("/report?row=A");
        assertThat(http.delete("/report").json().path("size").asInt()).isZero();
        assertThat(http.get("/report?row=A").json().path("remembered").asBoolean())
                .isFalse();
    }

    @Test
    void isMadeOnceForAHundredWhoAskAtTheSameTime() {
        JsonNode before = http.get("/report/cache").json();
        JsonNode rush = http.post("/report/rush", "{\"row\": \"C\"}").json();
        assertThat(rush.path("people").asInt()).isEqualTo(100);
        assertThat(rush.path("computations").asInt()).isEqualTo(1);
        assertThat(rush.path("longest").path("millis").asDouble()).isGreaterThanOrEqualTo(QUERY_MILLIS);

        JsonNode next = http.post("/report/rush", "{\"row\": \"C\"}").json();
        assertThat(next.path("computations").asInt()).isZero();
        assertThat(next.path("longest").path("remembered").asBoolean()).isTrue();
        JsonNode after = http.get("/report/cache").json();
        assertThat(calls(after) - calls(before)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-          | The row must not be empty.",
                "''         | The row must not be empty.",
                "G          | There is no row 'G': the hall has A to F.",
                "a          | There is no row 'a': the hall has A to F.",
                "AB         | There is no row 'AB': the hall has A to F.",
                "ABCDEFGHIJK | The row must not be longer than 10 characters.",
                "A%00B      | The row must not have control characters."
            })
    void whatIsNoRowIsRefused(String row, String sentence) {
        Reply shown = http.get("/report" + (row == null ? "" : "?row=" + row));
        assertThat(shown.status()).isEqualTo(400);
        assertThat(shown.detail()).isEqualTo(sentence);
        assertThat(http.get("/report/cache").json().path("size").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}              | The row must not be empty.",
                "{\"row\": null} | The row must not be empty.",
                "{\"row\": \"Z\"} | There is no row 'Z': the hall has A to F.",
                "{\"row\": []}   | The field 'row' has a value of the wrong kind.",
                "A               | The body must be JSON, an object with the fields that this address takes."
            })
    void aRushForNoRowIsRefused(String body, String sentence) {
        Reply rush = http.post("/report/rush", body);
        assertThat(rush.status()).isEqualTo(400);
        assertThat(rush.detail()).isEqualTo(sentence);
        assertThat(http.get("/report/cache").json().path("size").asInt()).isZero();
    }

    private static long calls(JsonNode cache) {
        assertThat(cache.path("failures").asLong()).isZero();
        return cache.path("hits").asLong() + cache.path("misses").asLong();
    }
}
