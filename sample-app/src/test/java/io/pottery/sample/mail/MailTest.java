package io.pottery.sample.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDeque;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import io.pottery.sample.newsletter.Subscribed;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** Mails and those who write them, who are processes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MailTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    private PotteryFactory pottery;

    @Autowired
    private ApplicationEventPublisher events;

    private HttpCalls http;

    @BeforeEach
    void empties(@LocalServerPort int port) {
        http = new HttpCalls(port);
        pottery.queue("mails", Mail.class).clear();
        Stream.of("mails-sent", "mails-interruptions")
                .map(name -> pottery.deque(name, String.class))
                .forEach(RedisDeque::clear);
    }

    @AfterEach
    void leavesNothing() {
        postmen().forEach(postman -> http.delete("/mail/postmen/" + postman.path("number")));
        assertThat(postmen()).isEmpty();
        pottery.queue("mails", Mail.class).clear();
    }

    @Test
    void aMailOfAPostmanWhoIsKilledIsDeliveredAgainAndNoneIsLost() {
        put("ada@example.org", "First");
        long killed = hire();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(sent()).containsExactly("First 1"));

        put("ada@example.org", "Second");
        put("bob@example.org", "Third");
        awaitWriting();
        JsonNode atWork = postmen().get(0);
        assertThat(atWork.path("mail").path("subject").asString()).isEqualTo("Second");
        assertThat(atWork.path("delivery").asInt()).isEqualTo(1);

        Reply gone = http.delete("/mail/postmen/" + killed);
        assertThat(gone.json().path("mail").path("subject").asString()).isEqualTo("Second");
        assertThat(ProcessHandle.of(atWork.path("process").asLong())).isEmpty();
        assertThat(postmen()).isEmpty();

        hire();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(sent()).containsExactlyInAnyOrder("First 1", "Second 2", "Third 1"));
        assertThat(state().path("waiting").asInt()).isZero();
        List<String> killedOver = new ArrayList<>();
        state().path("sent")
                .forEach(
                        mail -> killedOver.add(mail.path("mail").path("subject").asString()
                                + mail.path("killed").toString()));
        assertThat(killedOver).containsExactlyInAnyOrder("First[]", "Second[%d]".formatted(killed), "Third[]");
    }

    @Test
    void whenTheApplicationEndsPostmenGiveBackWhatTheyAreWriting(
            @Autowired ApplicationArguments arguments, @Autowired ObjectProvider<RedisServer> redis)
            throws InterruptedException {
        long process;
        try (Postmen ofAnother = new Postmen(new PostOffice(pottery), arguments, redis)) {
            ofAnother.hire();
            put("ada@example.org", "Your ticket");
            awaitWriting();
            process = postmen().get(0).path("process").asLong();
        }
        assertThat(ProcessHandle.of(process)).isEmpty();
        assertThat(state().path("waiting").asInt()).isEqualTo(1);
        assertThat(postmen()).isEmpty();
        assertThat(pottery.deque("mails-interruptions", String.class)).isEmpty(); // nobody was killed
    }

    @Test
    void noMoreThanFourPostmenAreHired() {
        for (int i = 0; i < 4; i++) {
            hire();
        }
        assertIsWrong(
                http.post("/mail/postmen", "{}"), "There are 4 postmen, and no desk for one more: kill one first.");
        assertThat(postmen())
                .hasSize(4)
                .allMatch(postman -> postman.path("mail").isNull());
    }

    @Test
    void mailsWaitWhileNobodyWorks() {
        put(" ada@example.org ", "Your ticket");
        assertThat(http.post("/mail/bulk", "{\"mails\": 20}").status()).isEqualTo(200);
        assertThat(state().path("waiting").asInt()).isEqualTo(21);
        Mail first = pottery.queue("mails", Mail.class).remove();
        assertThat(first.to()).isEqualTo("ada@example.org");
        assertThat(first.subject()).isEqualTo("Your ticket");
    }

    @Test
    void whoSubscribesIsWelcomed() {
        events.publishEvent(new Subscribed("eve@example.org"));
        Mail welcome = pottery.queue("mails", Mail.class).remove();
        assertThat(welcome.to()).isEqualTo("eve@example.org");
        assertThat(welcome.subject()).isEqualTo("Welcome to the newsletter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                 | The e-mail address must not be empty.
            {"to": null, "subject": "x"}                       | The e-mail address must not be empty.
            {"to": " ", "subject": "x"}                        | The e-mail address must not be empty.
            {"to": "ada", "subject": "x"}                      | An e-mail address has one @, something before and after it, and no spaces.
            {"to": "a@b@c", "subject": "x"}                    | An e-mail address has one @, something before and after it, and no spaces.
            {"to": "ada @example.org", "subject": "x"}         | An e-mail address has one @, something before and after it, and no spaces.
            {"to": "ada@example.org\\r\\nBcc:x", "subject": "x"} | The e-mail address must not have control characters.
            {"to": "ada@example.org"}                          | The subject must not be empty.
            {"to": "ada@example.org", "subject": "a\\u0000b"}   | The subject must not have control characters.
            {"to": ["ada@example.org"], "subject": "x"}        | The field 'to' has a value of the wrong kind.
            nonsense                                           | The body must be JSON, an object with the fields that this address takes.
            """)
    void aMailThatCannotBeSentIsRefused(String draft, String sentence) {
        assertIsWrong(http.post("/mail", draft), sentence);
        assertThat(state().path("waiting").asInt()).isZero();
    }

    @Test
    void whatIsTooLongIsRefused() {
        String tooLong = "a".repeat(100);
        assertIsWrong(
                http.post("/mail", "{\"to\": \"a@%s\", \"subject\": \"x\"}".formatted(tooLong.repeat(3))),
                "The e-mail address must not be longer than 254 characters.");
        assertIsWrong(
                http.post("/mail", "{\"to\": \"a@b\", \"subject\": \"%sa\"}".formatted(tooLong)),
                "The subject must not be longer than 100 characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "-1", "101", "2147483647"})
    void asManyMailsAtOnceAreRefused(String mails) {
        assertIsWrong(
                http.post("/mail/bulk", "{\"mails\": %s}".formatted(mails)),
                "The number of mails must be from 1 to 100.");
        assertThat(state().path("waiting").asInt()).isZero();
    }

    @Test
    void theQueueDoesNotGrowForEver() {
        for (int i = 0; i < 10; i++) {
            assertThat(http.post("/mail/bulk", "{\"mails\": 100}").status()).isEqualTo(200);
        }
        String sentence = "A thousand mails can wait, and no more: have some written first.";
        assertIsWrong(http.post("/mail/bulk", "{\"mails\": 1}"), sentence);
        assertIsWrong(http.post("/mail", "{\"to\": \"a@b\", \"subject\": \"x\"}"), sentence);
    }

    @Test
    void whoIsNoPostmanOfThisApplicationIsNotKilled() {
        assertIsWrong(http.delete("/mail/postmen/999999"), "There is no postman 999999.");
        assertThat(http.delete("/mail/postmen/one").status()).isEqualTo(400);
        long self = ProcessHandle.current().pid();
        pottery.dict("mails-desks", Long.class, Desk.class).put(999_999L, Desk.of(self, Desk.State.WAITING));
        assertIsWrong(
                http.delete("/mail/postmen/999999"), "Postman 999999 works for another application: kill it there.");
        pottery.dict("mails-desks", Long.class, Desk.class)
                .put(999_999L, new Desk("elsewhere", Long.MAX_VALUE, Desk.State.WAITING, null, 0));
        assertIsWrong(
                http.delete("/mail/postmen/999999"), "Postman 999999 works for another application: kill it there.");
        pottery.dict("mails-desks", Long.class, Desk.class)
                .put(999_999L, Desk.of(Long.MAX_VALUE, Desk.State.WAITING)); // there is no such process any more
        assertThat(http.delete("/mail/postmen/999999").status()).isEqualTo(200);
        assertThat(postmen()).isEmpty();
    }

    @Test
    void noFormOfAnotherSiteHiresAPostman() {
        assertThat(http.send("POST", "/mail/postmen", "text/plain", "").status())
                .isEqualTo(415);
        assertThat(postmen()).isEmpty();
    }

    private static void assertIsWrong(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
    }

    private void put(String to, String subject) {
        Reply put = http.post("/mail", "{\"to\": \"%s\", \"subject\": \"%s\"}".formatted(to, subject));
        assertThat(put.status()).isEqualTo(200);
    }

    private long hire() {
        Reply hired = http.post("/mail/postmen", "{}");
        assertThat(hired.status()).isEqualTo(200);
        return hired.json().path("number").asLong();
    }

    private void awaitWriting() {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> postmen().get(0).path("state").asString().equals("WRITING"));
    }

    private JsonNode state() {
        return http.get("/mail").json();
    }

    private JsonNode postmen() {
        return state().path("postmen");
    }

    /** The subjects of what was sent, and the how manyth delivery it was. */
    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        state().path("sent")
                .forEach(mail -> sent.add("%s %d"
                        .formatted(
                                mail.path("mail").path("subject").asString(),
                                mail.path("delivery").asInt())));
        return sent;
    }
}
