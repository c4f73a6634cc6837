package io.pottery.sample.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ViewsTest {

    private static final String FRANCE = "{\"id\": \"country:FR\"}";

    @Autowired
    private PotteryFactory pottery;

    private HttpCalls http = new HttpCalls(0);

    @BeforeEach
    void forget(@LocalServerPort int port) {
        http = new HttpCalls(port);
        assertThat(http.delete("/views").text()).isEqualTo("{\"total\":0,\"mostViewed\":[]}");
    }

    @Test
    void aViewIsCountedAndShowsTheDocument() {
        assertThat(http.post("/views", FRANCE).json().path("views").asLong()).isEqualTo(1);
        JsonNode second = http.post("/views", FRANCE).json();
        assertThat(second.path("views").asLong()).isEqualTo(2);
        assertThat(second.path("document").path("name").asString()).isEqualTo("France");
        assertThat(second.path("document").path("details").asString()).contains("Euro");
    }

    @Test
    void theTenThatWereViewedMostComeInOrder() {
        IntStream.rangeClosed(1, 12)
                .forEach(i -> pottery.counter("views", String.class).increment("by others " + i, i));
        http.post("/views", FRANCE);
        JsonNode views = http.get("/views").json();
        assertThat(views.path("total").asLong()).isEqualTo(79);
        assertThat(views.path("mostViewed")
                        .valueStream()
                        .map(viewed -> viewed.path("views").asLong()))
                .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L);
        assertThat(views.path("mostViewed").path(0).path("name").asString()).isEqualTo("by others 12");
    }

    @Test
    void ofAThousandViewsAtOnceNoneIsLost() {
        assertThat(http.post("/views/rush", "{}").text()).isEqualTo("{\"views\":1000,\"before\":0,\"after\":1000}");
        JsonNode views = http.get("/views").json();
        assertThat(views.path("total").asLong()).isEqualTo(1000);
        assertThat(views.path("mostViewed").size()).isEqualTo(10);
        assertThat(views.path("mostViewed").path(0).path("id").asString()).startsWith("country:");
    }

    @Test
    void twoCrowdsAtOnceAndAVisitorLoseNothingEither() {
        CompletableFuture<Reply> one = CompletableFuture.supplyAsync(() -> http.post("/views/rush", "{}"));
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> http.post("/views/rush", "{}"));
        http.post("/views", FRANCE);
        CompletableFuture.allOf(one, other).join();
        assertThat(http.get("/views").json().path("total").asLong()).isEqualTo(2001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | The id must not be empty.",
                "{\"id\": \"\"} | The id must not be empty.",
                "{\"id\": \"country:XX\"} | There is nothing called 'country:XX' in the catalogue.",
                "{\"id\": \"country:fr\"} | There is nothing called 'country:fr' in the catalogue.",
                "{\"id\": 5} | There is nothing called '5' in the catalogue.",
                "{\"id\": \"a\\nb\"} | The id must not have control characters.",
                "{\"id\": {}} | The field 'id' has a value of the wrong kind."
            })
    void badInputIsRefusedWithASentenceAndCountsNothing(String body, String sentence) {
        assertIsRefused(http.post("/views", body), sentence);
    }

    @Test
    void anIdIsNotTooLong() {
        assertIsRefused(
                http.post("/views", "{\"id\": \"%s\"}".formatted("x".repeat(101))),
                "The id must not be longer than 100 characters.");
    }

    @Test
    void formsOfOtherSitesAreRefused() {
        assertThat(http.send("POST", "/views/rush", "text/plain", "{}").status())
                .isEqualTo(415);
        assertThat(http.send("POST", "/views", "application/x-www-form-urlencoded", "id=country:FR")
                        .status())
                .isEqualTo(415);
        assertThat(http.get("/views").json().path("total").asLong()).isZero();
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(http.get("/views").json().path("total").asLong()).isZero();
    }
}
