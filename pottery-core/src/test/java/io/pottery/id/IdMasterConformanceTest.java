package io.pottery.id;

import io.pottery.simulation.Conformance;
import io.pottery.simulation.Conformance.Step;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.script.RedisScript;

/** The model of a master in the simulation of ids answers what a real one answers. */
class IdMasterConformanceTest {

    private static final String HIGHEST = Long.toString(NextIdProtocol.HIGHEST);

    private static final String[] TEXTS = {
        "0",
        "1",
        "41",
        "0041",
        "000000000000000000000000000041",
        "9007199254739000",
        "9007199254740990",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "12345678901234567890",
        "9".repeat(400),
        "-7",
        "+7",
        "12.5",
        "1e5",
        "0x1F",
        " 42",
        "42\n",
        "abc",
        ""
    };

    private final IdMaster model = new IdMaster(() -> System.currentTimeMillis() * 1000, channel -> {});
    private final Conformance conformance = new Conformance(model, number -> false);
    private final Random random = conformance.random();

    private final List<String> sequences =
            IntStream.range(0, 3).mapToObj(i -> TestRedis.freshKey()).toList();

    @Test
    void answersAsARealMaster() {
        conformance.check(
                Stream.of(IdScript.values()).map(IdScript::script),
                () -> next(sequences.get(random.nextInt(sequences.size()))));
    }

    private Step next(String key) {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return grant(key, "0");
        } else if (kind < 75) {
            return grant(key, wanted(key));
        } else if (kind < 79) {
            return reset(key, conformance.oneOf("0", "0", "1000000000", "4000000000")); // in 2001 and 2096
        } else if (kind < 90) {
            return conformance.look(key);
        } else if (kind < 92) {
            return conformance.expire(key);
        } else if (kind < 93) {
            return conformance.putList(key);
        }
        return conformance.put(key, conformance.oneOf(TEXTS));
    }

    private Step reset(String key, String until) {
        RedisScript<List<Object>> script = IdScript.RESET.script();
        return conformance.run(script, List.of(key), List.of(until), expected -> {
            List<Object> answer = model.run(script, List.of(key), List.of(until));
            boolean inTime = answer.get(0).equals(1L) && expected.get(0).equals(1L);
            return inTime ? expected : answer; // their clocks may differ
        });
    }

    private Step grant(String key, String wanted) {
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(NextIdOptions.MOST) : 1 + random.nextInt(3);
        return conformance.run(IdScript.GRANT.script(), List.of(key), Integer.toString(count), wanted, HIGHEST);
    }

    /** An id near the last one that was granted when the batch began. */
    private String wanted(String key) {
        String stored = conformance.text(key);
        return stored.matches("\\d{1,16}")
                ? Long.toString(Math.max(
                        0, Long.parseLong(stored) + random.nextInt(-3, 2_000_000) / (1 + random.nextInt(1_000_000))))
                : "42";
    }
}
