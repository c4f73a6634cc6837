package io.pottery.sample.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class HallTest {

    private static final String ADA = "{\"buyer\": \"Ada\"}";

    private HttpCalls http;

    @BeforeEach
    void emptyHall(@LocalServerPort int port) {
        http = new HttpCalls(port);
        http.delete("/hall");
    }

    @Test
    void aSeatIsSoldOnceUnderALease() {
        Reply ticket = http.put("/hall/A1", ADA);
        assertThat(ticket.status()).isEqualTo(200);
        assertThat(ticket.json().path("fencingToken").asLong()).isPositive();
        assertThat(ticket.json().path("number").asLong()).isPositive();

        Reply sold = http.put("/hall/A1", "{\"buyer\": \"Bob\"}");
        assertThat(sold.status()).isEqualTo(409);
        assertThat(sold.detail()).isEqualTo("Seat A1 is sold already: choose another one.");
        assertThat(http.get("/hall").json().path("sold").path("A1")).isEqualTo(ticket.json());
        assertThat(http.get("/hall").json().path("paidForNothing").asInt()).isZero();
    }

    @Test
    void ofManyWhoWantOneSeatOneGetsItAndPays() {
        List<CompletableFuture<Reply>> buying = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> http.put("/hall/B2", ADA)))
                .toList();
        List<Integer> statuses =
                buying.stream().map(CompletableFuture::join).map(Reply::status).toList();
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(http.get("/hall").json().path("paidForNothing").asInt()).isZero();
    }

    @Test
    void aHundredBuyersGetSixtySeatsAndPaySixtyTimes() {
        Reply outcome = http.post("/hall/rush", "{\"locked\": true}");
        assertThat(outcome.text())
                .isEqualTo("{\"tickets\":60,\"withoutTicket\":40,\"paidForNothing\":0,\"failed\":0,\"reason\":null}");
        Reply hall = http.get("/hall");
        assertThat(hall.json().path("paidForNothing").asInt()).isZero();
        assertThat(StreamSupport.stream(hall.json().path("sold").spliterator(), false)
                        .map(ticket -> ticket.path("number").asLong()))
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutTheLockPeoplePayForSeatsThatOthersHave() {
        Reply outcome = http.post("/hall/rush", "{\"locked\": false}");
        int forNothing = outcome.json().path("paidForNothing").asInt();
        assertThat(forNothing).isPositive();
        assertThat(http.get("/hall").json().path("paidForNothing").asInt()).isEqualTo(forNothing);
    }

    @Test
    void whileSomebodyElseHoldsTheSeatABuyerWaits(@Autowired PotteryFactory pottery) throws Exception {
        CompletableFuture<Reply> buying;
        try (Lease lease = pottery.redlock("seat:C3").acquire()) {
            buying = CompletableFuture.supplyAsync(() -> http.put("/hall/C3", ADA));
            assertThat(http.put("/hall/C4", ADA).status()).isEqualTo(200); // another seat is free meanwhile
            assertThat(buying).isNotDone();
            assertThat(http.get("/live")
                            .json()
                            .path("leases")
                            .path(0)
                            .path("key")
                            .asString())
                    .isEqualTo("redlock:boxoffice:seat:C3");
            assertThat(http.get("/live")
                            .json()
                            .path("leases")
                            .path(0)
                            .path("remainingMillis")
                            .asLong())
                    .isPositive();
            assertThat(http.get("/live")
                            .json()
                            .path("leases")
                            .path(0)
                            .path("fencingToken")
                            .asLong())
                    .isEqualTo(lease.fencingToken());
        }
        assertThat(buying.get().status()).isEqualTo(200);
        assertThat(http.get("/live").json().path("leases").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    A1  | {}                       | The name must not be empty.
                    A1  | {"buyer": null}          | The name must not be empty.
                    A1  | {"buyer": " "}           | The name must not be empty.
                    A1  | {"buyer": "a\\u0007"}    | The name must not have control characters.
                    A1  | {"buyer": "\\ud83d"}     | The name must not have control characters.
                    A1  | {"buyer": "00000000001111111111222222222233333333334"} | The name must not be longer than 40 characters.
                    A1  | {"buyer": []}            | The field 'buyer' has a value of the wrong kind.
                    A1  | {"buyer": "\\u200b"}    | The name must not have control characters.
                    A1  | [                        | The body must be JSON, an object with the fields that this address takes.
                    A11 | {"buyer": "Ada"}         | There is no seat 'A11': the hall has A1 to F10.
                    a1  | {"buyer": "Ada"}         | There is no seat 'a1': the hall has A1 to F10.
                    %20 | {"buyer": "Ada"}         | The seat must not be empty.
                    %FF | {"buyer": "Ada"}         | This request is not valid: its address or headers are too long, or have characters that must be percent-encoded.
                    """)
    void badOrdersAreRefused(String seat, String order, String sentence) {
        assertIsRefused(http.put("/hall/" + seat, order), sentence);
        assertThat(http.get("/hall").json().path("sold").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"locked\": null}"})
    void aCrowdThatDoesNotSayHowItBuysIsRefused(String rush) {
        assertIsRefused(
                http.post("/hall/rush", rush),
                "The body must say whether the seats are sold under the lock: {\"locked\": true}.");
    }

    @Test
    void ofManyCrowdsAtOnceThreeAreServed() {
        List<CompletableFuture<Reply>> coming = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> http.post("/hall/rush", "{\"locked\": false}")))
                .toList();
        List<Reply> replies = coming.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(Reply::status).contains(200).containsOnly(200, 429);
    }

    @Test
    void formsOfOtherSitesAreRefused() {
        Reply reply = http.send("POST", "/hall/rush", "text/plain", "{\"locked\": true}");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.detail())
                .isEqualTo("The Content-Type of the body must be application/json or application/*+json.");
    }

    private static void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(reply.detail()).isEqualTo(sentence);
        assertThat(reply.json().propertyNames()).isSubsetOf("detail", "instance", "status", "title", "type");
    }
}
