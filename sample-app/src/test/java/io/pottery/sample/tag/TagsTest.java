package io.pottery.sample.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisSet;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
class TagsTest {

    @Autowired
    private PotteryFactory pottery;

    private HttpCalls http = new HttpCalls(0);

    @BeforeEach
    void clear(@LocalServerPort int port) {
        http = new HttpCalls(port);
        Tag.ALL.forEach(tag -> countries(tag.name()).clear());
    }

    @Test
    void thereAreTagsAndCountriesToChooseFrom() {
        JsonNode choice = http.get("/tags").json();
        assertThat(choice.path("tags")
                        .valueStream()
                        .map(tag -> tag.path("label").asString()))
                .contains("French", "Euro", "West African CFA Franc", "Favourites");
        assertThat(strings(choice.path("countries"))).contains("France", "Côte d’Ivoire");
    }

    @Test
    void redisFindsOutWhatTwoTagsMakeTogether() {
        assertThat(combined("French", "intersection", "XOF"))
                .contains("Benin", "Togo")
                .doesNotContain("France", "Guinea-Bissau");
        assertThat(combined("French", "difference", "XOF")).contains("France").doesNotContain("Benin", "Guinea-Bissau");
        assertThat(combined("French", "symmetric-difference", "XOF"))
                .contains("France", "Guinea-Bissau")
                .doesNotContain("Benin");
        assertThat(combined("French", "union", "XOF")).contains("France", "Guinea-Bissau", "Benin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"intersection", "union", "difference", "symmetric-difference"})
    void thePictureFitsTheCountries(String operation) {
        JsonNode result = combine("German", operation, "EUR").json();
        int onlyA = result.path("onlyA").asInt();
        int both = result.path("both").asInt();
        int onlyB = result.path("onlyB").asInt();
        assertThat(List.of(onlyA, both, onlyB)).allMatch(count -> count > 0);
        assertThat(result.path("countries").size())
                .isEqualTo(
                        switch (operation) {
                            case "intersection" -> both;
                            case "union" -> onlyA + both + onlyB;
                            case "difference" -> onlyA;
                            default -> onlyA + onlyB;
                        });
    }

    @Test
    void aTagHasAllInCommonWithItself() {
        JsonNode result = combine("EUR", "difference", "EUR").json();
        assertThat(result.path("countries").size()).isZero();
        assertThat(result.path("onlyA").asInt()).isZero();
        assertThat(result.path("both").asInt()).isEqualTo(countries("EUR").size());
    }

    @Test
    void manyWhoComeFirstAtTheSameTimeSeeTheSame() {
        List<CompletableFuture<String>> replies = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> combine("Spanish", "union", "USD").text()))
                .limit(8)
                .toList();
        Set<String> different = new HashSet<>();
        replies.forEach(reply -> different.add(reply.join()));
        assertThat(different).hasSize(1);
    }

    @Test
    void whatRedisHasLostIsThereAgain() {
        List<String> before = combined("Arabic", "union", "French");
        Tag.ALL.forEach(tag -> countries(tag.name()).clear());
        assertThat(combined("Arabic", "union", "French")).isEqualTo(before).isNotEmpty();
    }

    @Test
    void aCountryOfOthersIsShownByItsCode() {
        combined("French", "union", "XOF");
        countries("French").add("ZZ");
        assertThat(combined("French", "difference", "XOF")).contains("ZZ");
    }

    @Test
    void aCountryTellsItsTags() {
        JsonNode belgium = http.get("/tags/of?country=Belgium").json();
        assertThat(belgium.path("code").asString()).isEqualTo("BE");
        assertThat(strings(belgium.path("tags"))).contains("Dutch", "French", "German", "Euro");
        assertThat(http.get("/tags/of?country=AQ").text())
                .isEqualTo("{\"code\":\"AQ\",\"name\":\"Antarctica\",\"tags\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Côte d’Ivoire", "cote d'ivoire", "ci", "CI"})
    void aFavouriteIsAddedAndRemovedHoweverItIsWritten(String country) {
        assertThat(strings(favour(country).json().path("tags"))).contains("Favourites");
        assertThat(strings(favour(country).json().path("tags"))).contains("Favourites");
        assertThat(combined("Favourites", "intersection", "XOF")).containsExactly("Côte d’Ivoire");
        String path = "/tags/favourites?country=" + encoded(country);
        assertThat(strings(http.delete(path).json().path("tags"))).doesNotContain("Favourites");
        assertThat(strings(http.delete(path).json().path("tags"))).doesNotContain("Favourites");
        assertThat(countries("Favourites")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?operation=union&b=EUR | The first tag must not be empty.",
                "?a=French&operation=union&b= | The second tag must not be empty.",
                "?a=French&b=EUR | The operation must not be empty.",
                "?a=french&operation=union&b=EUR | There is no tag 'french'.",
                "?a=French&operation=union&b=ZZZ | There is no tag 'ZZZ'.",
                "?a=French&operation=union&b=a%00b | The second tag must not have control characters.",
                "?a=French&operation=minus&b=EUR | The operation must be intersection, union, difference or symmetric-difference, not 'minus'.",
                "?a=French&operation=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx&b=EUR | The operation must not be longer than 30 characters.",
                "?a=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx&operation=union&b=EUR | The first tag must not be longer than 40 characters."
            })
    void badChoicesAreRefusedWithASentence(String query, String sentence) {
        assertIsRefused(http.get("/tags/combined" + query), sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The country must not be empty.",
                "Atlantis | There is no country called 'Atlantis'.",
                "'a\tb' | The country must not have control characters.",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | The country must not be longer than 60 characters."
            })
    void badCountriesAreRefusedWithASentence(String country, String sentence) {
        assertIsRefused(http.get("/tags/of?country=" + encoded(country)), sentence);
        assertIsRefused(favour(country), sentence);
        assertIsRefused(http.delete("/tags/favourites?country=" + encoded(country)), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"country\": null}"})
    void aFavouriteHasToBeNamed(String body) {
        assertIsRefused(http.post("/tags/favourites", body), "The country must not be empty.");
        assertIsRefused(http.delete("/tags/favourites"), "The country must not be empty.");
    }

    @Test
    void aFavouriteIsSentAsJson() {
        assertIsRefused(
                http.post("/tags/favourites", "{\"country\": [\"FR\"]}"),
                "The field 'country' has a value of the wrong kind.");
        assertThat(http.send("POST", "/tags/favourites", "text/plain", "{\"country\": \"FR\"}")
                        .status())
                .isEqualTo(415);
        assertThat(countries("Favourites")).isEmpty();
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(countries("Favourites")).isEmpty();
    }

    private List<String> combined(String a, String operation, String b) {
        return strings(combine(a, operation, b).json().path("countries"));
    }

    private Reply combine(String a, String operation, String b) {
        Reply reply = http.get("/tags/combined?a=%s&operation=%s&b=%s".formatted(a, operation, b));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private Reply favour(String country) {
        return http.post(
                "/tags/favourites",
                JsonMapper.shared().createObjectNode().put("country", country).toString());
    }

    private RedisSet<String> countries(String tag) {
        return pottery.set("{tags}:" + tag, String.class);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
