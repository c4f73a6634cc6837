package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The HyperLogLogs that Python Pottery made. */
class HyperLogLogGoldenTest {

    private final HyperLogLog<Object> counted = TestRedis.pottery().hyperLogLog(TestRedis.freshKey(), Object.class);

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Golden.file("hyperloglog.json").get("cases").spliterator(), false);
    }

    /** Python makes a key where there are no elements, too. */
    static Stream<JsonNode> filled() {
        return cases().filter(golden -> golden.get("len").asLong() > 0);
    }

    static Stream<JsonNode> whole() {
        return cases().filter(golden -> golden.has("raw_base64"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void readsWhatPythonWrote(JsonNode golden) {
        byte[] python = Base64.getDecoder().decode(golden.get("raw_base64").asText());
        counted.redis().opsForValue().set(counted.key(), python);
        assertIsAsPythons(golden);
    }

    /** Null, which Python counts too, cannot be added here. */
    @ParameterizedTest
    @MethodSource("filled")
    void writesWhatPythonWrote(JsonNode golden) {
        List<Object> values = values(golden);
        if (values.remove(null)) {
            counted.redis().opsForHyperLogLog().add(counted.key(), "null".getBytes(StandardCharsets.UTF_8));
        }
        counted.addAll(values);
        assertIsAsPythons(golden); // after which the count is stored, as it was by Python
        assertThat(DigestUtils.sha256Hex(counted.redis().opsForValue().get(counted.key())))
                .isEqualTo(golden.get("sha256").asText());
    }

    private void assertIsAsPythons(JsonNode golden) {
        assertThat(counted.count()).isEqualTo(golden.get("len").asLong());
        List<Object> asked = new ArrayList<>();
        List<Boolean> answers = new ArrayList<>();
        for (JsonNode each : golden.get("contains")) {
            Object element = Golden.value(each.get(0));
            asked.add(element);
            answers.add(element != null && each.get(1).asBoolean());
        }
        assertThat(counted.containsMany(asked)).isEqualTo(answers);
    }

    private static List<Object> values(JsonNode golden) {
        List<Object> values = new ArrayList<>();
        JsonNode elements = golden.get("elements");
        if (elements.has("range_prefix_e")) {
            IntStream.range(0, elements.get("range_prefix_e").asInt()).forEach(i -> values.add("e" + i));
        } else {
            elements.forEach(element -> values.add(Golden.value(element)));
        }
        return values;
    }
}
