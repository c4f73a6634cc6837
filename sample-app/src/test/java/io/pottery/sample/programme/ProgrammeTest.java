package io.pottery.sample.programme;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ProgrammeTest {

    private HttpCalls http;

    @BeforeEach
    void emptyProgramme(@LocalServerPort int port) {
        http = new HttpCalls(port);
        http.delete("/programme");
    }

    @Test
    void actsKeepTheirOrderUntilTheyAreSorted() {
        http.post("/programme", "{\"name\": \" Zebras \"}");
        assertThat(http.post("/programme/evening", "{}").text())
                .isEqualTo("{\"acts\":[\"Zebras\",\"Magic\",\"Juggling\",\"Acrobats\",\"Clowns\",\"Fire-eaters\"]}");
        assertThat(http.post("/programme/sort", "{}").text())
                .isEqualTo("{\"acts\":[\"Acrobats\",\"Clowns\",\"Fire-eaters\",\"Juggling\",\"Magic\",\"Zebras\"]}");
        assertThat(http.delete("/programme/acts?act=Clowns").text())
                .isEqualTo("{\"acts\":[\"Acrobats\",\"Fire-eaters\",\"Juggling\",\"Magic\",\"Zebras\"]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            :      | Magic, Juggling, Acrobats, Clowns, Fire-eaters
            1:3    | Juggling, Acrobats
            -2:    | Clowns, Fire-eaters
            ::2    | Magic, Acrobats, Fire-eaters
            ::-1   | Fire-eaters, Clowns, Acrobats, Juggling, Magic
            3:1:-1 | Clowns, Acrobats
            90:    | ''
            """)
    void slicesAreThoseOfPython(String slice, String acts) {
        http.post("/programme/evening", "{}");
        assertThat(sliced(slice).json().path("acts").valueStream().map(act -> act.asString()))
                .containsExactly(acts.isEmpty() ? new String[0] : acts.split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | The slice must not be empty.
            2             | A slice is start, stop and step, with a colon between them, such as 1:3 or -2: or ::2.
            a:b           | A slice is start, stop and step, with a colon between them, such as 1:3 or -2: or ::2.
            1:2:3:4       | A slice is start, stop and step, with a colon between them, such as 1:3 or -2: or ::2.
            99999999999:  | A slice is start, stop and step, with a colon between them, such as 1:3 or -2: or ::2.
            ::0           | The step of a slice must not be 0.
            """)
    void whatIsNoSliceIsRefused(String slice, String sentence) {
        assertIsRefused(sliced(slice), sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                  | The name of the act must not be empty.
            {"name": "  "}      | The name of the act must not be empty.
            {"name": "a\\u0000"} | The name of the act must not have control characters.
            {"name": ["Magic"]} | The field 'name' has a value of the wrong kind.
            """)
    void whatIsNoActIsRefused(String act, String sentence) {
        assertIsRefused(http.post("/programme", act), sentence);
        assertIsRefused(
                http.post("/programme", "{\"name\": \"%s\"}".formatted("a".repeat(41))),
                "The name of the act must not be longer than 40 characters.");
        assertThat(http.get("/programme").text()).isEqualTo("{\"acts\":[]}");
    }

    @Test
    void whatIsNotThereCannotBeCancelled() {
        assertIsRefused(http.delete("/programme/acts?act=Opera"), "'Opera' is not on the programme.");
        assertIsRefused(http.delete("/programme/acts"), "The name of the act must not be empty.");
    }

    @Test
    void anEveningEndsSomeTime() {
        for (int i = 0; i < 20; i++) {
            assertThat(http.post("/programme/evening", "{}").status()).isEqualTo(200);
        }
        assertIsRefused(
                http.post("/programme", "{\"name\": \"Opera\"}"),
                "An evening has a hundred acts at most: cancel some.");
    }

    private Reply sliced(String slice) {
        return http.get("/programme?slice=" + URLEncoder.encode(slice, StandardCharsets.UTF_8));
    }

    private static void assertIsRefused(Reply reply, String sentence) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo(sentence);
    }
}
