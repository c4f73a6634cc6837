package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls.Reply;
import io.pottery.testredis.RedisServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The phone book over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PhoneBookTest {

    private static final String NUMBER = "{\"number\": \"+44 20 7946 0018\"}";
    private static final String PROBLEM = "application/problem+json";

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
    void anEntryIsCreatedReadReplacedAndDeleted() {
        Reply created = http.put("/phonebook/Ada", NUMBER);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.location()).endsWith("/phonebook/Ada");
        assertThat(created.json()).isEqualTo(http.get("/phonebook/Ada").json());

        assertThat(http.get("/phonebook/Ada").json().path("number").asString()).isEqualTo("+44 20 7946 0018");

        Reply replaced = http.put("/phonebook/Ada", "{\"number\": \"1815\"}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.location()).isEmpty();
        assertThat(http.get("/phonebook/Ada").json().path("number").asString()).isEqualTo("1815");

        Reply deleted = http.delete("/phonebook/Ada");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(http.get("/phonebook").text()).isEqualTo("{}");
    }

    @Test
    void allEntriesAreSortedByName() {
        http.put("/phonebook/Charles", "{\"number\": \"3\"}");
        http.put("/phonebook/Ada", "{\"number\": \"1\"}");
        http.put("/phonebook/Babbage", "{\"number\": \"2\"}");
        assertThat(http.get("/phonebook").text()).isEqualTo("{\"Ada\":\"1\",\"Babbage\":\"2\",\"Charles\":\"3\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void whoIsNotInThePhoneBookIsNotFound(String method) {
        Reply reply = http.send(method, "/phonebook/nobody", "application/json", "");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.type()).isEqualTo(PROBLEM);
        assertThat(reply.detail()).isEqualTo("There is no 'nobody' in the phone book.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jörg Müller",
                "山田 太郎",
                "😀",
                "AC/DC",
                "a\\b",
                "100%",
                "%2F",
                "a;b",
                "a+b",
                "a?b#c",
                "<b>\"O'Hara\"</b>",
                "...",
                "__proto__",
                "import",
                "007"
            })
    void namesMayHaveAllPrintableCharacters(String name) {
        String path = "/phonebook/" + encoded(name);
        Reply created = http.put(path, NUMBER);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("name").asString()).isEqualTo(name);
        assertThat(created.location()).endsWith(path);
        assertThat(http.get(path).status()).isEqualTo(200);
        assertThat(http.get("/phonebook").json().propertyNames()).containsExactly(name);
        assertThat(http.delete(path).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /phonebook/        | The name must not be empty.
                    /phonebook/%20     | The name must not be blank.
                    /phonebook/a%0Ab   | The name must not have control characters.
                    /phonebook/a%7Fb   | The name must not have control characters.
                    /phonebook/%2E     | The name must not be '.'.
                    /phonebook/%2E%2E  | The name must not be '..'.
                    /phonebook/a%00b   | The path of this request is not valid: its characters must be UTF-8, percent-encoded, and not NUL.
                    /phonebook/%FF     | The path of this request is not valid: its characters must be UTF-8, percent-encoded, and not NUL.
                    """)
    void badNamesAreRefused(String path, String sentence) {
        assertIsRefused(http.put(path, NUMBER), sentence);
    }

    @Test
    void namesMayHaveAHundredCharactersButNotMore() {
        assertIsRefused(
                http.put("/phonebook/" + "x".repeat(101), NUMBER), "The name must not be longer than 100 characters.");
        assertThat(http.put("/phonebook/" + encoded("😀".repeat(100)), NUMBER).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                        | The number must not be empty.
                    {"number": null}          | The number must not be empty.
                    {"number": ""}            | The number must not be empty.
                    {"number": " "}           | The number must not be blank.
                    {"number": "1\\u0007"}    | The number must not have control characters.
                    {"number": "\\ud83d"}     | The number must not have control characters.
                    {"number": "00000000001111111111222222222233333333334"} | The number must not be longer than 40 characters.
                    """)
    void badNumbersAreRefused(String body, String sentence) {
        assertIsRefused(http.put("/phonebook/Ada", body), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "\"1815\"", "{\"number\": [1]}", "{\"number\": {}}", "number=1815"})
    void bodiesThatAreNotTheRightJsonAreRefused(String body) {
        assertIsRefused(
                http.put("/phonebook/Ada", body), "The body must be JSON such as {\"number\": \"+44 20 7946 0018\"}.");
    }

    @Test
    void otherTypesAndMethodsAreProblemsToo() {
        Reply type = http.send("PUT", "/phonebook/Ada", "text/plain", "1815");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.type()).isEqualTo(PROBLEM);
        assertThat(type.detail())
                .isEqualTo("The Content-Type of the body must be application/json or application/*+json.");
        Reply method = http.send("POST", "/phonebook/Ada", "application/json", NUMBER);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.type()).isEqualTo(PROBLEM);
    }

    private void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.type()).isEqualTo(PROBLEM);
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(reply.json().propertyNames()).isSubsetOf("detail", "instance", "status", "title", "type");
        assertThat(http.get("/phonebook").text()).isEqualTo("{}");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
