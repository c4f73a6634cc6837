package io.pottery.sample.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import tools.jackson.databind.JsonNode;

/** The newsletter over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NewsletterTest {

    private static final String NO_ADDRESS =
            "An e-mail address has one @, something before and after it, and no spaces.";

    private final HttpCalls http;
    private final ConfigurableApplicationContext application;

    NewsletterTest(@LocalServerPort int port, @Autowired ConfigurableApplicationContext application) {
        this.http = new HttpCalls(port);
        this.application = application;
    }

    @BeforeEach
    void nobodyIsSubscribed() {
        http.delete("/newsletter");
    }

    @Test
    void whoHasNotSubscribedIsNotFoundAndWhoHasIs() {
        assertThat(found("ada@example.org").json().path("perhaps").asBoolean()).isFalse();
        Reply subscribed = subscribe("ada@example.org");
        assertThat(subscribed.text()).isEqualTo("{\"address\":\"ada@example.org\",\"isNew\":true}");
        assertThat(found("ada@example.org").json().path("perhaps").asBoolean()).isTrue();
        assertThat(subscribe("ada@example.org").json().path("isNew").asBoolean())
                .isFalse();
    }

    @Test
    void whoeverIsNewIsToldToTheRestOfTheApplication() {
        List<Subscribed> told = new CopyOnWriteArrayList<>();
        ApplicationListener<?> listener = new ApplicationListener<PayloadApplicationEvent<Subscribed>>() {
            @Override
            public void onApplicationEvent(PayloadApplicationEvent<Subscribed> event) {
                told.add(event.getPayload());
            }
        };
        application.addApplicationListener(listener);
        try {
            subscribe("Ada@example.org");
            subscribe("ada@example.org");
            found("grace@example.org");
            http.post("/newsletter/crowd", "{\"people\": 10}");
        } finally {
            application.removeApplicationListener(listener);
        }
        assertThat(told).containsExactly(new Subscribed("ada@example.org"));
    }

    @Test
    void capitalsMakeNoDifference() {
        subscribe(" Jörg@Example.ORG ");
        assertThat(found("JÖRG@example.org").text()).isEqualTo("{\"address\":\"jörg@example.org\",\"perhaps\":true}");
        assertThat(subscribe("jörg@example.org").json().path("isNew").asBoolean())
                .isFalse();
    }

    @Test
    void itIsSeldomWrongAboutStrangers() {
        http.post("/newsletter/crowd", "{\"people\": 10000}");
        JsonNode state = http.get("/newsletter").json();
        assertThat(state.path("subscribers").asDouble()).isCloseTo(10_000, within(200.0));
        assertThat(state.path("expected").asInt()).isEqualTo(100_000);
        assertThat(state.path("bytes").asInt()).isBetween(100_000, 125_000);

        JsonNode mistakes = http.get("/newsletter/mistakes").json();
        assertThat(mistakes.path("strangers").asInt()).isEqualTo(10_000);
        assertThat(mistakes.path("promised").asDouble()).isEqualTo(0.01);
        assertThat(mistakes.path("now").asDouble()).isBetween(1e-10, 1e-6);
        assertThat(mistakes.path("mistaken").asInt()).isLessThan(3);
        assertThat(http.get("/newsletter").json()).isEqualTo(state);
    }

    @Test
    void allAreForgotten() {
        subscribe("ada@example.org");
        assertThat(http.delete("/newsletter").text()).isEqualTo("{\"subscribers\":0,\"expected\":100000,\"bytes\":0}");
        assertThat(http.get("/newsletter/mistakes").json().path("mistaken").asInt())
                .isZero();
        assertThat(subscribe("ada@example.org").json().path("isNew").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "@",
                "@example.org",
                "ada@",
                "ada@example@org",
                "ada@@example.org",
                "ada lovelace@example.org",
                "ada@example. org",
                "ada@example\u00a0.org"
            })
    void whatIsNoAddressIsRefused(String address) {
        assertIsRefused(subscribe(address), NO_ADDRESS);
        assertIsRefused(found(address), NO_ADDRESS);
    }

    @Test
    void anAddressHas254CharactersAtMost() {
        String longest = "a".repeat(242) + "@example.org";
        assertThat(longest).hasSize(254);
        assertThat(found(longest).status()).isEqualTo(200);
        assertIsRefused(found("a" + longest), "The e-mail address must not be longer than 254 characters.");
        assertIsRefused(subscribe("a" + longest), "The e-mail address must not be longer than 254 characters.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                       | The e-mail address must not be empty.",
                "{\"address\": null}      | The e-mail address must not be empty.",
                "{\"address\": \" \"}     | The e-mail address must not be empty.",
                "{\"address\": \"a\\u0000@b\"} | The e-mail address must not have control characters.",
                "{\"address\": \"a\\r\\nb@c\"} | The e-mail address must not have control characters.",
                "{\"address\": [\"a@b\"]} | The field 'address' has a value of the wrong kind.",
                "a@b                      | The body must be JSON, an object with the fields that this address takes."
            })
    void aBodyWithoutAnAddressIsRefused(String body, String sentence) {
        assertIsRefused(http.post("/newsletter/subscribers", body), sentence);
    }

    @Test
    void nobodyIsLookedForWithoutAnAddress() {
        assertIsRefused(http.get("/newsletter/subscribers"), "The e-mail address must not be empty.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"people\": null}", "{\"people\": 0}", "{\"people\": -1}", "{\"people\": 10001}"})
    void whatIsNoCrowdIsRefused(String body) {
        assertIsRefused(http.post("/newsletter/crowd", body), "The number of people must be from 1 to 10,000.");
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(http.get("/newsletter").json().path("subscribers").asInt()).isZero();
    }

    private Reply subscribe(String address) {
        return http.post("/newsletter/subscribers", "{\"address\": \"%s\"}".formatted(address));
    }

    private Reply found(String address) {
        return http.get("/newsletter/subscribers?address=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
    }
}
