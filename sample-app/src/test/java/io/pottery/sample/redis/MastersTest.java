package io.pottery.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The application's own masters, some of which the page pauses and stops. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MastersTest {

    private HttpCalls http;

    @BeforeEach
    void emptyHall(@LocalServerPort int port) {
        http = new HttpCalls(port);
        http.delete("/hall");
    }

    @AfterEach
    void allRun() {
        IntStream.rangeClosed(1, 5).forEach(number -> bring(number, "running"));
        await().until(() -> IntStream.range(0, 5)
                .allMatch(i -> http.get("/masters")
                        .json()
                        .path("masters")
                        .path(i)
                        .path("failure")
                        .isNull()));
    }

    @Test
    void buyingGoesOnWithoutTwoOfThemAndSaysWhyItCannotWithoutThree() {
        bring(1, "paused");
        bring(2, "stopped");
        Reply masters = http.get("/masters");
        assertThat(masters.json().path("quorum").asBoolean()).isTrue();
        assertThat(stateOf(1, masters)).isEqualTo("PAUSED");
        assertThat(stateOf(2, masters)).isEqualTo("STOPPED");
        assertThat(stateOf(3, masters)).isEqualTo("RUNNING");
        assertThat(masters.json().path("masters").path(1).path("failure").asString())
                .isNotBlank();
        assertThat(buy("A1").status()).isEqualTo(200);

        bring(3, "stopped");
        Reply refused = buy("A2");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.detail())
                .startsWith("The lock at 'redlock:boxoffice:seat:A2' is out of reach: 3 of 5 masters failed");
        assertThat(http.get("/masters").json().path("quorum").asBoolean()).isFalse();

        bring(2, "running");
        await().untilAsserted(() -> assertThat(buy("A2").status()).isEqualTo(200));
    }

    @Test
    void aMasterThatIsPausedMayBeStoppedAndOneThatIsStoppedMayNotBePaused() {
        bring(4, "paused");
        assertThat(stateOf(4, bring(4, "paused"))).isEqualTo("PAUSED");
        assertThat(stateOf(4, bring(4, "stopped"))).isEqualTo("STOPPED");
        Reply refused = bring(4, "paused");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("Master 4 is stopped: start it first.");
        assertThat(stateOf(4, bring(4, "running"))).isEqualTo("RUNNING");
        assertThat(stateOf(4, bring(4, "running"))).isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | {"state": "paused"} | There is no master 0: they are 1 to 5.
                    6 | {"state": "paused"} | There is no master 6: they are 1 to 5.
                    x | {"state": "paused"} | The value of 'number' cannot be 'x'.
                    1 | {"state": "gone"}   | A master can be running, paused or stopped, not 'gone'.
                    1 | {"state": ""}       | The state must not be empty.
                    1 | {}                  | The state must not be empty.
                    """)
    void badChangesAreRefused(String number, String change, String sentence) {
        Reply reply = http.put("/masters/" + number, change);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
    }

    private Reply buy(String seat) {
        return http.put("/hall/" + seat, "{\"buyer\": \"Ada\"}");
    }

    private Reply bring(int number, String state) {
        return http.put("/masters/" + number, "{\"state\": \"%s\"}".formatted(state));
    }

    private static String stateOf(int number, Reply masters) {
        return masters.json().path("masters").path(number - 1).path("state").asString();
    }
}
