package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.error.UndecodableValueException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The entries that version 3.0.1 of Python Pottery wrote. */
class RedisSimpleQueueGoldenTest {

    private final RedisServer redis = TestRedis.server();
    private final RedisSimpleQueue<Object> queue = TestRedis.pottery().queue(TestRedis.freshKey(), Object.class);

    @Test
    void takesWhatPythonPut() {
        for (JsonNode command : Golden.file("queue_v301.json").get("put")) {
            List<String> words = new ArrayList<>();
            command.forEach(word -> words.add(word.asText()));
            words.set(1, queue.key());
            redis.execute(words.toArray(String[]::new));
        }
        assertThat(queue.size()).isEqualTo(8);
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(queue::poll)
                .withMessageContaining("is null, which no queue of Java's can hold");
        assertThat(queue.poll()).isEqualTo(true);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(1.5);
        assertThat(queue.poll()).isEqualTo("Jeep");
        assertThat(queue.poll()).isEqualTo("é😀");
        assertThat(queue.poll()).isEqualTo(List.of(1, Map.of("a", 2, "b", 1)));
        assertThat(queue.poll()).isEqualTo("");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void putsWhatPythonPuts() throws InterruptedException {
        queue.put(true);
        queue.add(1);
        queue.addAll(List.of(1.5, "Jeep", "é😀", List.of(1, Map.of("b", 1, "a", 2)), ""));
        List<List<String>> expected = new ArrayList<>();
        for (JsonNode entry : Golden.file("queue_v301.json").get("after_put").get("entries")) {
            expected.add(
                    List.of(entry.get(0).get(0).asText(), entry.get(0).get(1).asText()));
        }
        assertThat(entries()).isEqualTo(expected.subList(1, expected.size()));
    }

    @Test
    void leavesAStreamAsPythonDoes() {
        queue.add("Jeep");
        assertThat(queue.poll()).isEqualTo("Jeep");
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(redis.execute("XLEN", queue.key())).isEqualTo(0L));
        assertThat(redis.execute("TYPE", queue.key())).isEqualTo("stream");
    }

    @Test
    void sharesWithAConsumerOfPython() {
        queue.addAll(List.of("a", "b", "c"));
        String first = (String) ((List<?>) ((List<?>) redis.execute("XRANGE", queue.key(), "-", "+")).get(0)).get(0);
        redis.execute("XDEL", queue.key(), first); // as its get does, after it has read the first entry
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue).containsExactly("b", "c");
        assertThat(queue.poll()).isEqualTo("b");
    }

    private List<List<String>> entries() {
        List<List<String>> entries = new ArrayList<>();
        for (Object entry : (List<?>) redis.execute("XRANGE", queue.key(), "-", "+")) {
            entries.add(((List<?>) ((List<?>) entry).get(1))
                    .stream().map(String.class::cast).toList());
        }
        return entries;
    }
}
