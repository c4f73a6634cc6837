package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What Python wrote, byte for byte. */
@WithBothJacksons
class JsonCodecGoldenTest {

    private static final JsonNode JSON = Golden.file("json_encoding.json");

    private final JsonCodecs codecs;
    private final Codec<Object> any;

    JsonCodecGoldenTest(Jackson jackson) {
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
    }

    @Test
    void everyValueIsWrittenAsPythonWritesIt() {
        int written = 0;
        int tooDeep = 0;
        int refused = 0;
        for (JsonNode vector : JSON.get("vectors")) {
            Object value = Golden.value(vector.get("in"));
            String encoded = vector.get("encoded").asText();
            if (value == null || value instanceof Double number && !Double.isFinite(number)) {
                assertThat(any.tryEncode(value)).isNull();
                refused++;
            } else if (depth(encoded) > Limits.DEPTH) {
                assertThatExceptionOfType(UnencodableValueException.class)
                        .isThrownBy(() -> any.encode(value))
                        .withMessageContaining("may be 100 deep, found 101");
                tooDeep++;
            } else {
                assertThat(Golden.text(any.encode(value))).isEqualTo(encoded);
                written++;
            }
        }
        assertThat(List.of(written, refused, tooDeep)).isEqualTo(List.of(298, 20, 0));
    }

    @Test
    void everyTextIsReadAsPythonReadsIt() {
        int read = 0;
        for (JsonNode vector : JSON.get("vectors")) {
            assertThat(any.decode(Golden.utf8(vector.get("encoded").asText())))
                    .isEqualTo(Golden.value(vector.get("decoded")));
            read++;
        }
        assertThat(read).isEqualTo(318);
    }

    @Test
    void theTextsOfOthersAreReadOrRefusedAsPythonDoes() {
        int read = 0;
        int refused = 0;
        for (JsonNode vector : JSON.get("decode")) {
            byte[] text = Golden.utf8(vector.get("text").asText());
            if (vector.has("out")) {
                assertThat(any.decode(text)).isEqualTo(Golden.value(vector.get("out")));
                read++;
            } else {
                assertThatExceptionOfType(UndecodableValueException.class)
                        .as(vector.toString())
                        .isThrownBy(() -> any.decode(text));
                refused++;
            }
        }
        assertThat(List.of(read, refused)).isEqualTo(List.of(23, 18));
    }

    @Test
    void theFastCodecsReadTheTextsOfOthersAlike() {
        Map<Class<?>, Codec<?>> fast = Map.of(
                String.class, codecs.of(String.class),
                Integer.class, codecs.of(Integer.class),
                Double.class, codecs.of(Double.class),
                Boolean.class, codecs.of(Boolean.class));
        int read = 0;
        for (JsonNode vector : JSON.get("decode")) {
            byte[] text = Golden.utf8(vector.get("text").asText());
            for (Map.Entry<Class<?>, Codec<?>> codec : fast.entrySet()) {
                Object value = vector.has("out") ? Golden.value(vector.get("out")) : null;
                if (codec.getKey().isInstance(value)) {
                    assertThat(codec.getValue().decode(text)).isEqualTo(value);
                    read++;
                } else if (!(codec.getKey() == Double.class && value instanceof Number)) {
                    assertThatExceptionOfType(UndecodableValueException.class)
                            .as(vector.toString())
                            .isThrownBy(() -> codec.getValue().decode(text));
                }
            }
        }
        assertThat(read).isEqualTo(19);
    }

    /** Python refuses each of these; what Java has a form for, docs/wire-format.md lists. */
    @Test
    void whatPythonRefusesIsRefusedUnlessJavaHasAFormForIt() {
        Map<String, Object> refused = Map.of(
                "object()", new Object(),
                "{1: 1, 'a': 2}", Map.of(1, 1, "a", 2),
                "{None: 1, 'a': 2}", nullKeyBeside("a"),
                "{(1, 2): 3}", Map.of(List.of(1, 2), 3),
                "{None: 1, 1: 2}", nullKeyBeside(1),
                "10**4300", BigInteger.TEN.pow(4300));
        Set<String> otherwiseHere = Set.of("b'bytes'", "{1, 2}", "datetime", "Decimal('1.1')", "UUID");
        Set<String> notInJava = Set.of("1j");

        refused.forEach((python, value) -> assertThatExceptionOfType(UnencodableValueException.class)
                .as(python)
                .isThrownBy(() -> any.encode(value)));

        Set<String> all = new TreeSet<>();
        JSON.get("encode_errors").forEach(error -> all.add(error.get("value").asText()));
        Set<String> explained = new TreeSet<>(refused.keySet());
        explained.addAll(otherwiseHere);
        explained.addAll(notInJava);
        assertThat(all).hasSize(12).isEqualTo(explained);
    }

    @Test
    void everyDoubleIsWrittenAndReadAsInPython() {
        Codec<Double> fast = codecs.of(double.class);
        int read = 0;
        int written = 0;
        for (JsonNode vector : Golden.file("floats.json").get("vectors")) {
            Double number = Golden.bits(vector.get(0).asText());
            byte[] text = Golden.utf8(vector.get(1).asText());
            assertThat(fast.decode(text)).isEqualTo(number);
            assertThat(any.decode(text)).isEqualTo(number);
            read++;
            if (Double.isFinite(number)) {
                assertThat(new String(fast.encode(number), StandardCharsets.US_ASCII))
                        .isEqualTo(vector.get(1).asText());
                assertThat(any.encode(number)).isEqualTo(text);
                written++;
            }
        }
        assertThat(List.of(read, written)).as("NaN is only read").isEqualTo(List.of(9065, 9064));
    }

    private static Map<Object, Object> nullKeyBeside(Object key) {
        Map<Object, Object> map = new HashMap<>(Collections.singletonMap(null, 1));
        map.put(key, 2);
        return map;
    }

    private static int depth(String json) {
        int depth = 0;
        int deepest = 0;
        for (char c : json.toCharArray()) {
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
