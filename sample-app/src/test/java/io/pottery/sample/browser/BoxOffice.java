package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What tests do to the application behind the back of the page. */
record BoxOffice(HttpCalls http) {

    private static final int MASTERS = 5;

    BoxOffice(int port) {
        this(new HttpCalls(port));
    }

    void emptyTheHall() {
        assertThat(http.delete("/hall").status()).isEqualTo(200);
    }

    /** Empties all panels that have a button for it, and the hall. */
    void emptyThePanels() {
        for (String panel :
                "hall search views report programme visitors unique newsletter tags/favourites?country=Belgium"
                        .split(" ")) {
            assertThat(http.delete("/" + panel).status()).as(panel).isEqualTo(200);
        }
    }

    /** The tickets, by seat. */
    JsonNode sold() {
        return http.get("/hall").json().path("sold");
    }

    /** How often people have paid. */
    long paidForNothing() {
        return http.get("/hall").json().path("paidForNothing").asLong();
    }

    /** Sells seats to those who are to have them. */
    void sell(Map<String, String> buyers) {
        buyers.forEach(this::sell);
    }

    void sell(String seat, String buyer) {
        assertDone(http.put("/hall/" + seat, "{\"buyer\": \"%s\"}".formatted(buyer)));
    }

    void putMail(String to) {
        post("/mail", "{\"to\": \"%s\", \"subject\": \"Doors open at seven\"}".formatted(to));
    }

    void killThePostmen() {
        http.get("/mail")
                .json()
                .path("postmen")
                .forEach(postman -> assertDone(http.delete("/mail/postmen/" + postman.path("number"))));
    }

    void post(String path, String body) {
        assertDone(http.post(path, body));
    }

    void stopMaster(int number) {
        bring(number, "stopped");
    }

    /** Starts those that are paused or stopped, and waits until all answer. */
    void startAllMasters() {
        JsonNode masters = masters();
        for (int number = 1; number <= MASTERS; number++) {
            if (!masters.path(number - 1).path("state").asString().equals("RUNNING")) {
                bring(number, "running");
            }
        }
        Awaitility.await()
                .until(() -> masters()
                        .valueStream()
                        .allMatch(master -> master.path("failure").isNull()));
    }

    private JsonNode masters() {
        return http.get("/masters").json().path("masters");
    }

    private void bring(int number, String state) {
        assertDone(http.put("/masters/" + number, "{\"state\": \"%s\"}".formatted(state)));
    }

    private static void assertDone(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }
}
