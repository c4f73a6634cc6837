package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes that Python Pottery wrote. */
class RedisDictGoldenTest {

    /** What Python writes and Pottery for Java reads, but never writes: null, and numbers that are none. */
    private static final Set<String> READ_ONLY = Set.of("null", "NaN", "Infinity", "-Infinity");

    /** Objects whose keys were numbers in Python. Once read they are text and sort as text, in Python too. */
    private static final Map<String, String> RESORTED = Map.of(
            "{\"-1\": \"neg\", \"9\": \"nine\", \"10\": \"ten\"}",
                    "{\"-1\": \"neg\", \"10\": \"ten\", \"9\": \"nine\"}",
            "{\"true\": 1, \"2\": 2}", "{\"2\": 2, \"true\": 1}",
            "{\"false\": 0, \"0.5\": 1}", "{\"0.5\": 1, \"false\": 0}",
            "{\"1e-05\": 2, \"1e+16\": 1}", "{\"1e+16\": 1, \"1e-05\": 2}");

    @ParameterizedTest
    @CsvSource({"dict_all_values, 176, 4", "dict_all_keys, 127, 3", "dict_1_1.0_True, 6, 1", "dict_readme, 3, 0"})
    void readsAndWritesWhatPythonWrote(String name, int entries, int readOnly) {
        Map<String, String> golden = Golden.hash(Golden.container(name));
        assertThat(golden).hasSize(entries);
        RedisDict<Object, Object> python = dict(TestRedis.freshKey());
        golden.forEach((field, value) -> TestRedis.server().execute("HSET", python.key(), field, value));
        RedisDict<Object, Object> java = dict(TestRedis.freshKey());

        List<Object> unwritten = new ArrayList<>();
        python.forEach((key, value) -> {
            if (isWritable(key) && isWritable(value)) {
                java.put(key, value);
                assertThat(python.get(key)).isEqualTo(value);
            } else {
                unwritten.add(key);
            }
        });

        assertThat(unwritten).hasSize(readOnly);
        golden.entrySet().removeIf(entry -> READ_ONLY.contains(entry.getKey()) || READ_ONLY.contains(entry.getValue()));
        golden.replaceAll((field, value) -> RESORTED.getOrDefault(value, value));
        assertThat(TestRedis.hash(java.key())).isEqualTo(golden);
    }

    private static boolean isWritable(Object value) {
        return value != null && !(value instanceof Double number && !Double.isFinite(number));
    }

    private static RedisDict<Object, Object> dict(String key) {
        return TestRedis.pottery().dict(key, Object.class, Object.class);
    }
}
