package io.pottery.sample.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SearchTest {

    @Autowired
    private PotteryFactory pottery;

    private HttpCalls http = new HttpCalls(0);

    @BeforeEach
    void forget(@LocalServerPort int port) {
        http = new HttpCalls(port);
        assertThat(http.delete("/search").status()).isEqualTo(200);
    }

    @Test
    void theSecondTimeAllComesFromRedis() {
        JsonNode first = search("guinea");
        assertThat(fromRedis(first)).isNotEmpty().containsOnly(false);
        assertThat(first.path("millis").asDouble()).isGreaterThanOrEqualTo(300);
        JsonNode second = search("Guinea");
        assertThat(fromRedis(second)).hasSameSizeAs(fromRedis(first)).containsOnly(true);
        assertThat(documents(second)).isEqualTo(documents(first));
    }

    @Test
    void onlyWhatIsMissingIsLoadedAndAllStaysInOrder() {
        search("papua");
        JsonNode found = search("guinea");
        assertThat(fromRedis(found)).contains(true, false);
        assertThat(fromRedis(found).get(names(found).indexOf("Papua New Guinea")))
                .isTrue();
        assertThat(names(found)).isEqualTo(names(search("guinea")));
    }

    @Test
    void atMostTwentyComeAndTheOthersAreCounted() {
        JsonNode found = search("dollar");
        assertThat(names(found)).hasSize(20);
        assertThat(found.path("more").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no such place", "\u0301"})
    void whatDoesNotExistIsNotFound(String text) {
        JsonNode found = search(text);
        assertThat(names(found)).isEmpty();
        assertThat(found.path("more").asInt()).isZero();
    }

    @Test
    void resultsAreRememberedForFiveMinutesOrUntilTheyAreForgotten() {
        assertThat(http.get("/search").text()).isEqualTo("{\"documents\":0,\"secondsLeft\":null}");
        search("FR");
        JsonNode remembered = http.get("/search").json();
        assertThat(remembered.path("documents").asInt()).isPositive();
        assertThat(remembered.path("secondsLeft").asLong()).isBetween(200L, 300L);
        assertThat(http.delete("/search").text()).isEqualTo("{\"documents\":0,\"secondsLeft\":null}");
        assertThat(fromRedis(search("FR"))).containsOnly(false);
    }

    @Test
    void whatOthersHaveStoredIsTaken() {
        pottery.dict("search-results", String.class, Doc.class)
                .put("currency:CHF", new Doc("currency:CHF", "Currency", "Swiss Franc", "from another process"));
        assertThat(details("CHF")).isEqualTo("from another process");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | The search must not be empty.",
                "{\"text\": null} | The search must not be empty.",
                "{\"text\": \" \"} | The search must not be empty.",
                "{\"text\": \"a\\u0000b\"} | The search must not have control characters.",
                "{\"text\": [\"a\"]} | The field 'text' has a value of the wrong kind.",
                "text | The body must be JSON, an object with the fields that this address takes.",
                "null | The body must be JSON, an object with the fields that this address takes."
            })
    void badInputIsRefusedWithASentence(String body, String sentence) {
        assertIsRefused(http.post("/search", body), sentence);
    }

    @Test
    void aSearchHasAtMostAHundredCharacters() {
        assertThat(names(search("x".repeat(100)))).isEmpty();
        assertIsRefused(
                http.post("/search", json(Map.of("text", "x".repeat(101)))),
                "The search must not be longer than 100 characters.");
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(http.get("/search").json().path("documents").asInt()).isZero();
    }

    private JsonNode search(String text) {
        Reply reply = http.post("/search", json(Map.of("text", text)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String details(String code) {
        return search(code)
                .path("results")
                .path(0)
                .path("document")
                .path("details")
                .asString();
    }

    private static List<JsonNode> documents(JsonNode found) {
        return found.path("results")
                .valueStream()
                .map(result -> result.path("document"))
                .toList();
    }

    private static List<String> names(JsonNode found) {
        return documents(found).stream()
                .map(document -> document.path("name").asString())
                .toList();
    }

    private static List<Boolean> fromRedis(JsonNode found) {
        return found.path("results")
                .valueStream()
                .map(result -> result.path("fromRedis").asBoolean())
                .toList();
    }

    private static String json(Object body) {
        return JsonMapper.shared().writeValueAsString(body);
    }
}
