package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.lock.RedlockOptions;
import io.pottery.sample.HttpCalls.Reply;
import io.pottery.testredis.RedisServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files that are put into the phone book under a lock. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PhoneBookImportTest {

    private static final String PROBLEM = "application/problem+json";
    private static final int MEBIBYTE = 1024 * 1024;

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
    void entriesOfAFileAreAddedAndReplaced() {
        http.put("/phonebook/Ada", "{\"number\": \"1\"}");
        http.put("/phonebook/Zoe", "{\"number\": \"1\"}");
        Reply reply = importFile("Charles,3\nAda,2\nJörg Müller,4\n");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("added").asInt()).isEqualTo(2);
        assertThat(reply.json().path("replaced").asInt()).isEqualTo(1);
        assertThat(http.get("/phonebook").text())
                .isEqualTo("{\"Ada\":\"2\",\"Charles\":\"3\",\"Jörg Müller\":\"4\",\"Zoe\":\"1\"}");
    }

    @Test
    void everyImportHasAHigherFencingToken() {
        long first = fencingToken(importFile("Ada,1"));
        assertThat(first).isPositive();
        assertThat(fencingToken(importFile("Ada,1"))).isGreaterThan(first);
    }

    @Test
    void theExampleOfThePageCanBeImported() {
        String example = http.get("/phonebook-example.csv").text();
        Reply reply = importFile(example);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("added").asLong())
                .isGreaterThan(24)
                .isEqualTo(example.lines().count());
        assertThat(http.get("/phonebook/Ada%20Lovelace").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada,1\nBob,2\n",
                "Ada,1\nBob,2",
                "Ada,1\r\nBob,2\r\n",
                "\uFEFFAda,1\r\nBob,2\r\n",
                "\n  \nAda,1\n\n\t\nBob,2\n\n",
                " Ada , 1 \nBob\t,\t2"
            })
    void marksBlankLinesAndSpacesDoNotCount(String file) {
        assertThat(importFile(file).status()).isEqualTo(200);
        assertThat(http.get("/phonebook").text()).isEqualTo("{\"Ada\":\"1\",\"Bob\":\"2\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Bob                 | Line 2 must be a name, one comma and a number, without quotes around them.
                    Bob;2               | Line 2 must be a name, one comma and a number, without quotes around them.
                    Bob,2,3             | Line 2 must be a name, one comma and a number, without quotes around them.
                    "Bob",2             | Line 2 must be a name, one comma and a number, without quotes around them.
                    Bob, "2"            | Line 2 must be a name, one comma and a number, without quotes around them.
                    \\r\\n\\nBob        | Line 4 must be a name, one comma and a number, without quotes around them.
                    ,2                  | The name in line 2 must not be empty.
                    \\t,2               | The name in line 2 must not be empty.
                    Bob,                | The number in line 2 must not be empty.
                    ..,2                | The name in line 2 must not be '..'.
                    B\\0b,2             | The name in line 2 must not have control characters.
                    Bob,2\\0073         | The number in line 2 must not have control characters.
                    Bob,00000000001111111111222222222233333333334 | The number in line 2 must not be longer than 40 characters.
                    Bob,2\\nAda,3       | The name in line 3 is that of line 1, too.
                    """)
    void aBadLineIsNamedAndNothingIsStored(String lines, String sentence) {
        http.put("/phonebook/Ada", "{\"number\": \"1\"}");
        assertIsRefused(importFile("Ada,2\n" + lines.translateEscapes() + "\nCharles,3\n"), 400, sentence);
        assertThat(http.get("/phonebook").text()).isEqualTo("{\"Ada\":\"1\"}");
    }

    @Test
    void aNameThatIsTooLongIsNamedByItsLine() {
        assertIsRefused(
                importFile("Ada,1\n" + "x".repeat(101) + ",2"),
                400,
                "The name in line 2 must not be longer than 100 characters.");
        assertIsEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", " \r\n\r\n"})
    void aFileWithoutEntriesIsRefused(String file) {
        assertIsRefused(importFile(file), 400, "The file has no entries.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
    void aFileInAnotherEncodingIsRefused(String encoding) {
        assertIsRefused(
                http.importFile("Ada,1\nJörg,2\n".getBytes(Charset.forName(encoding))),
                400,
                "The file is not UTF-8: save it in that encoding.");
        assertIsEmpty();
    }

    @Test
    void aFileMayHaveTenThousandEntriesButNotMore() {
        assertIsRefused(importFile(file(10_001, "1")), 400, "The file must not have more than 10,000 entries.");
        assertIsEmpty();
        Reply reply = importFile(file(10_000, "1"));
        assertThat(reply.json().path("added").asInt()).isEqualTo(10_000);
        assertThat(http.get("/phonebook").json().size()).isEqualTo(10_000);
    }

    @Test
    void aFileMayHaveAMebibyteButNotMore() {
        String lines = "Ada,1\n" + " ".repeat(MEBIBYTE - 6);
        assertIsRefused(importFile(lines + " "), 413, "The file must not be larger than 1 MiB.");
        assertIsEmpty();
        assertThat(importFile(lines).status()).isEqualTo(200);
    }

    @Test
    void otherTypesThanCsvAreRefused() {
        assertIsRefused(
                http.send("POST", "/phonebook/import", "application/x-www-form-urlencoded", "Ada,1"),
                415,
                "The Content-Type of the body must be text/csv.");
        assertIsEmpty();
    }

    @Test
    void whileAnotherHoldsTheLockNothingIsImported(@Autowired PotteryFactory pottery) throws InterruptedException {
        RedlockOptions longer = RedlockOptions.defaults().withAutoReleaseTime(Duration.ofMinutes(5));
        try (Lease lease = pottery.redlock("phonebook-import", longer).acquire()) {
            assertIsRefused(importFile("Ada,1"), 409, "Another import is running: try again when it has ended.");
            assertIsEmpty();
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(importFile("Ada,1").status()).isEqualTo(200);
        assertThat(http.get("/phonebook").text()).isEqualTo("{\"Ada\":\"1\"}");
    }

    @Test
    void twoImportsAtOnceRunOneAfterTheOther() throws Exception {
        int entries = 1_200; // several steps for putAll
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            Future<Reply> ones = callers.submit(() -> importFile(file(entries, "1")));
            Future<Reply> twos = callers.submit(() -> importFile(file(entries, "2")));
            assertThat(List.of(ones.get(), twos.get()))
                    .extracting(Reply::status)
                    .containsOnly(200);
            boolean onesFirst = fencingToken(ones.get()) < fencingToken(twos.get());
            Reply first = onesFirst ? ones.get() : twos.get();
            Reply second = onesFirst ? twos.get() : ones.get();
            assertThat(first.json().path("added").asInt()).isEqualTo(entries);
            assertThat(second.json().path("replaced").asInt()).isEqualTo(entries);
            assertThat(http.get("/phonebook").json().values())
                    .hasSize(entries)
                    .allMatch(number -> number.asString().equals(onesFirst ? "2" : "1"));
        } finally {
            callers.shutdownNow();
        }
    }

    private Reply importFile(String file) {
        return http.importFile(file.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(int entries, String number) {
        return IntStream.range(0, entries)
                .mapToObj(i -> "name " + i + "," + number)
                .collect(Collectors.joining("\n"));
    }

    private static long fencingToken(Reply reply) {
        return reply.json().path("fencingToken").asLong();
    }

    private void assertIsEmpty() {
        assertThat(http.get("/phonebook").text()).isEqualTo("{}");
    }

    private static void assertIsRefused(Reply reply, int status, String sentence) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.type()).isEqualTo(PROBLEM);
        assertThat(reply.detail()).isEqualTo(sentence);
    }
}
