package io.pottery.sample.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The book at the door, and the number of visitors, over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class VisitorTest {

    private static final String NO_OBJECT = "The body must be JSON, an object with the fields that this address takes.";

    private final HttpCalls http;

    VisitorTest(@LocalServerPort int port) {
        http = new HttpCalls(port);
    }

    @BeforeEach
    void nobodyHasComeYet() {
        http.delete("/visitors");
        http.delete("/unique");
    }

    @Test
    void theLatestComesFirst() {
        signIn("Ada");
        signIn("Grace");
        assertThat(last()).containsExactly("Grace", "Ada");
    }

    @Test
    void theEleventhFallsOff() {
        for (int i = 1; i <= 11; i++) {
            signIn("Visitor " + i);
        }
        assertThat(last()).hasSize(10).startsWith("Visitor 11").endsWith("Visitor 2");
    }

    @Test
    void ofAClassTheLastTenAreListedAndAllAreCounted() {
        signIn("Ada");
        JsonNode signedIn = http.post("/visitors/class", "{\"children\": 25}").json();
        assertThat(names(signedIn)).hasSize(10).startsWith("Zoe", "Yusuf").doesNotContain("Ada");
        assertThat(count("estimate")).isEqualTo(26);
        assertThat(count("exact")).isEqualTo(26);
    }

    @Test
    void theSameNameCountsOnce() {
        signIn("Ada");
        signIn("  Ada ");
        assertThat(last()).containsExactly("Ada", "Ada");
        assertThat(count("estimate")).isEqualTo(1);
        assertThat(count("exact")).isEqualTo(1);
    }

    @Test
    void manyAreCountedWithin12KiBAndAFewPercent() {
        http.post("/unique/crowd", "{\"people\": 10000}");
        JsonNode count = http.post("/unique/crowd", "{\"people\": 10000}").json();
        assertThat(count.path("exact").asInt()).isEqualTo(20_000);
        assertThat(count.path("estimate").asDouble()).isCloseTo(20_000, within(800.0)); // five times the standard error
        assertThat(count.path("bytes").asInt()).isBetween(1, 12 * 1024 + 16);
    }

    @Test
    void whoWasCountedMayHaveBeenHere() {
        signIn("Jörg & Söhne");
        assertThat(seen("Jörg & Söhne").json().path("perhaps").asBoolean()).isTrue();
        assertThat(seen("Nobody").json().path("perhaps").asBoolean()).isFalse();
    }

    @Test
    void allAreForgotten() {
        signIn("Ada");
        http.post("/unique/crowd", "{\"people\": 10}");
        assertThat(http.delete("/unique").text()).isEqualTo("{\"estimate\":0,\"exact\":0,\"bytes\":0}");
        assertThat(http.delete("/visitors").text()).isEqualTo("{\"last\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                     | The name must not be empty.",
                "{\"name\": null}       | The name must not be empty.",
                "{\"name\": \"   \"}    | The name must not be empty.",
                "{\"name\": \"A\\u0007\"} | The name must not have control characters.",
                "{\"name\": \"A\\ud800\"} | The name must not have control characters.",
                "{\"name\": {}}         | The field 'name' has a value of the wrong kind.",
                "{\"name\": \"Ada\"     | " + NO_OBJECT,
                "''                     | " + NO_OBJECT
            })
    void whatIsNoNameIsRefused(String body, String sentence) {
        assertIsRefused(http.post("/visitors", body), sentence);
    }

    @Test
    void aNameHas40CharactersAtMost() {
        signIn("😀".repeat(40));
        assertThat(last()).containsExactly("😀".repeat(40));
        http.delete("/visitors");
        http.delete("/unique");
        assertIsRefused(
                http.post("/visitors", "{\"name\": \"%s\"}".formatted("😀".repeat(41))),
                "The name must not be longer than 40 characters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"children\": null}", "{\"children\": 0}", "{\"children\": -1}", "{\"children\": 26}"})
    void whatIsNoClassIsRefused(String body) {
        assertIsRefused(http.post("/visitors/class", body), "The number of children must be from 1 to 25.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"people\": 0}", "{\"people\": -5}", "{\"people\": 10001}"})
    void whatIsNoCrowdIsRefused(String body) {
        assertIsRefused(http.post("/unique/crowd", body), "The number of people must be from 1 to 10,000.");
    }

    @ParameterizedTest
    @CsvSource({"/visitors/class, children", "/unique/crowd, people"})
    void whatIsNoNumberIsRefused(String path, String field) {
        for (String number : List.of("\"many\"", "[1]", "2.7", "99999999999", "1e400")) {
            assertIsRefused(
                    http.post(path, "{\"%s\": %s}".formatted(field, number)),
                    "The field '%s' has a value of the wrong kind.".formatted(field));
        }
    }

    @Test
    void formsOfOtherSitesAreRefused() {
        Reply form = http.send("POST", "/visitors", "text/plain", "{\"name\": \"Eve\"}");
        assertThat(form.status()).isEqualTo(415);
        assertThat(last()).isEmpty();
    }

    @Test
    void nobodyIsLookedForWithoutAName() {
        assertIsRefused(http.get("/unique/seen"), "The name must not be empty.");
        assertIsRefused(seen(" "), "The name must not be empty.");
        assertIsRefused(seen("A\n" + "B"), "The name must not have control characters.");
        assertIsRefused(seen("A".repeat(41)), "The name must not be longer than 40 characters.");
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(last()).isEmpty();
        assertThat(count("exact")).isZero();
    }

    private void signIn(String name) {
        assertThat(http.post("/visitors", "{\"name\": \"%s\"}".formatted(name)).status())
                .isEqualTo(200);
    }

    private Reply seen(String name) {
        return http.get("/unique/seen?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private List<String> last() {
        return names(http.get("/visitors").json());
    }

    private static List<String> names(JsonNode visitors) {
        return visitors.path("last").valueStream().map(JsonNode::asString).toList();
    }

    private long count(String which) {
        return http.get("/unique").json().path(which).asLong();
    }
}
