package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.id.History.Had;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sequences are those of Python Pottery: the same key and text, and generators of both at the same time. */
class NextIdGoldenTest {

    /** What Python's script does, as primitives.json describes it. */
    private static final String PYTHON_SET = """
            local current = redis.call('GET', KEYS[1])
            if not current or tonumber(current) < tonumber(ARGV[1]) then
                redis.call('SET', KEYS[1], ARGV[1])
                return ARGV[1]
            end
            return false""";

    @RegisterExtension
    private static final Servers SERVERS = new Servers();

    private final String name = TestRedis.freshKey();

    @Test
    void writesTheKeyAndTextThatPythonWrites() {
        NextId ids = TestRedis.pottery().nextId(name);
        for (String step : List.of("next(NextID(key=\"tweet-ids\", masters={r}))", "next() again")) {
            JsonNode python = step(step);
            assertThat(ids.nextLong()).isEqualTo(python.at("/result/1/v").asLong());
            String key = python.at("/redis/key").asText().replace("tweet-ids", name);
            assertThat(ids.key()).isEqualTo(key);
            assertThat(TestRedis.server().execute("TYPE", key))
                    .isEqualTo(python.at("/redis/type").asText());
            assertThat(TestRedis.server().execute("GET", key))
                    .isEqualTo(python.at("/redis/value").asText());
        }
        ids.reset();
        assertThat(TestRedis.server().execute("TYPE", ids.key()))
                .isEqualTo(step("reset()").at("/redis/type").asText());
    }

    @Test
    void sharesASequenceWithPythonAtTheSameTime() {
        NextId ids = SERVERS.deployment()
                .pottery()
                .nextId(
                        name,
                        NextIdOptions.defaults()
                                .withMasterTimeout(Duration.ofSeconds(10))
                                .withTimeout(Duration.ofSeconds(60)));
        History history = new History();
        Threads.run(6, thread -> {
            List<Had> had = new ArrayList<>();
            while (had.size() < 200) {
                if (thread < 4) {
                    had.add(Had.from(ids::nextLong));
                } else {
                    long called = System.nanoTime();
                    pythonsNext(ids.key()).ifPresent(id -> had.add(new Had(id, called, System.nanoTime())));
                }
            }
            history.add(had);
        });
        history.assertUnique();
        history.assertInOrder();
    }

    /** One try, as Python makes it on masters that all answer; its callers try again. */
    private static OptionalLong pythonsNext(String key) {
        List<RedisServer> servers = SERVERS.deployment().servers();
        long highest = 0;
        for (RedisServer server : servers.subList(0, 3)) {
            Object current = server.execute("GET", key);
            highest = Math.max(highest, current == null ? 0 : Long.parseLong((String) current));
        }
        String next = Long.toString(highest + 1);
        long accepted = servers.stream()
                .filter(server -> next.equals(server.execute("EVAL", PYTHON_SET, "1", key, next)))
                .count();
        return accepted >= 3 ? OptionalLong.of(highest + 1) : OptionalLong.empty();
    }

    private static JsonNode step(String name) {
        for (JsonNode step : Golden.file("primitives.json").get("steps")) {
            if (step.get("step").asText().equals(name)) {
                return step;
            }
        }
        throw new IllegalArgumentException("No golden step " + name);
    }
}
