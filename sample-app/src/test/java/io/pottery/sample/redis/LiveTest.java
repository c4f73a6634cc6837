package io.pottery.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.sample.HttpCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What the servers run, as the page sees it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LiveTest {

    private HttpCalls http;

    @BeforeEach
    void lookTillServersAreWatched(@LocalServerPort int port, @Autowired PotteryFactory pottery) {
        http = new HttpCalls(port);
        long before = last(); // what was told when other tests looked does not count
        await().until(() -> {
            pottery.redlock("live-lock").isLocked();
            pottery.set("live-set", String.class).contains("x");
            List<String> servers = commandsAfter(before).stream()
                    .map(command -> command.path("server").asString())
                    .toList();
            return servers.containsAll(List.of("Redis", "master 1", "master 2", "master 3", "master 4", "master 5"));
        });
    }

    @Test
    void aScriptAndWhatItRunsAreShownByTheirNames(@Autowired PotteryFactory pottery) {
        long before = last();
        pottery.dict("live-dict", String.class, Integer.class).put("jack", 4098);
        await().untilAsserted(() -> assertThat(commandsAfter(before))
                .filteredOn(command -> command.path("text").asString().contains("boxoffice:live-dict"))
                .extracting(
                        command -> command.path("ofScript").asBoolean(),
                        command -> command.path("text").asString().split(" ")[0])
                .contains(tuple(true, "HSET"))
                .contains(tuple(false, "EVALSHA")));
        assertThat(commandsAfter(before))
                .extracting(command -> command.path("text").asString())
                .contains("HSET boxoffice:live-dict \"jack\" 4098")
                .anyMatch(text -> text.matches("EVALSHA \\w+\\.lua 1 boxoffice:live-dict .*"));
    }

    @Test
    void whatOtherApplicationsDoIsNotShown(@Autowired PotteryFactory pottery) {
        long before = last();
        pottery.set("live-mark", String.class)
                .redis()
                .opsForValue()
                .set("of-another", "x".getBytes(StandardCharsets.UTF_8));
        pottery.set("live-mark", String.class).add("seen");
        await().until(() -> commandsAfter(before).stream()
                .anyMatch(command -> command.path("text").asString().contains("live-mark")));
        assertThat(commandsAfter(before))
                .noneMatch(command -> command.path("text").asString().contains("of-another"));
    }

    @Test
    void whoHasSeenCommandsIsNotToldThemAgain(@Autowired PotteryFactory pottery) {
        pottery.set("live-set", String.class).add("x");
        long last = last();
        assertThat(commandsAfter(last))
                .allMatch(command -> command.path("number").asLong() > last);
        assertThat(http.get("/live").json().path("commands").isEmpty()).isTrue();
        assertThat(http.get("/live?after=x").status()).isEqualTo(400);
    }

    @Test
    void whoAsksForWhatAnEarlierStartHasToldBeginsAnew() {
        JsonNode live = http.get("/live?after=999999999").json();
        assertThat(live.path("last").asLong()).isBetween(1L, last());
        assertThat(live.path("epoch").asString()).matches(".+-[1-9]\\d*"); // of this start, and watched before
    }

    private long last() {
        return http.get("/live?after=0").json().path("last").asLong();
    }

    private List<JsonNode> commandsAfter(long number) {
        return StreamSupport.stream(
                        http.get("/live?after=" + number)
                                .json()
                                .path("commands")
                                .spliterator(),
                        false)
                .toList();
    }
}
