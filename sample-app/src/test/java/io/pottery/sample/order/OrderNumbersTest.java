package io.pottery.sample.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls;
import io.pottery.sample.HttpCalls.Reply;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderNumbersTest {

    private HttpCalls http;

    @BeforeEach
    void calls(@LocalServerPort int port) {
        http = new HttpCalls(port);
    }

    @Test
    void whoDrawsLaterGetsAHigherNumber() {
        long before = draw(1).get(0);
        List<Long> together = draw(1_000);
        assertThat(together).hasSize(1_000).doesNotHaveDuplicates().allMatch(number -> number > before);
        assertThat(draw(1).get(0))
                .isGreaterThan(together.stream().max(Long::compare).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"people\": null}", "{\"people\": 0}", "{\"people\": -1}", "{\"people\": 1001}"})
    void thereAreOneToAThousandPeople(String draw) {
        Reply reply = http.post("/orders", draw);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo("The number of people must be from 1 to 1,000.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"people\": \"many\"}", "{\"people\": 1e99}", "{\"people\": 1.5}"})
    void peopleAreAWholeNumber(String draw) {
        Reply reply = http.post("/orders", draw);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo("The field 'people' has a value of the wrong kind.");
    }

    private List<Long> draw(int people) {
        return StreamSupport.stream(
                        http.post("/orders", "{\"people\": %d}".formatted(people))
                                .json()
                                .spliterator(),
                        false)
                .map(number -> number.asLong())
                .toList();
    }
}
