package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.error.UndecodableValueException;
import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's counters wrote, and what they computed. */
class RedisCounterGoldenTest {

    private final RedisCounter<Object> counter = counter();

    /** What was done to the counter in Python, once it had its initial counts. */
    static Stream<Arguments> counters() {
        return Stream.of(
                made("counter_readme", c -> c.populate(Map.of("a", 4L, "b", 2L, "c", 0L, "d", -2L))),
                made("counter_subtract", c -> c.subtract(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L))),
                made("counter_iadd", c -> c.plusInPlace(Map.of("a", 2L, "b", -5L, "q", 3L))),
                made("counter_isub", c -> c.minusInPlace(Map.of("a", 1L, "b", 3L, "w", -1L))),
                made("counter_ior", c -> c.unionInPlace(Map.of("a", 2L, "q", 3L))),
                made("counter_iand", c -> c.intersectionInPlace(Map.of("a", 2L, "b", 3L))),
                made("counter_string", c -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counters")
    void writesAndReadsWhatPythonWrote(String name, Consumer<RedisCounter<Object>> work) {
        JsonNode golden = Golden.container(name);
        Map<String, String> fields = Golden.hash(golden);
        assertThat(fields).isNotEmpty();
        Object initial = golden.get("initial").isNull() ? Map.of() : Golden.value(golden.get("initial"));
        if (initial instanceof String text) {
            counter.populate(text.chars().mapToObj(Character::toString).toList());
        } else {
            counter.populate(longs((Map<?, ?>) initial));
        }

        work.accept(counter);

        assertThat(TestRedis.hash(counter.key())).isEqualTo(fields);
        RedisCounter<Object> python = stored(fields);
        assertThat(python.toMap()).isEqualTo(counter.toMap());
        fields.forEach((field, count) ->
                assertThat(python.count(field.substring(1, field.length() - 1))).isEqualTo(Long.parseLong(count)));
    }

    @Test
    void readsKeysOfAllKindsAndRefusesCountsThatAreTooLarge() {
        Map<String, String> fields = Golden.hash(Golden.container("counter_mixed_keys"));
        RedisCounter<Object> python = stored(fields);
        Map<Object, Long> counts = new LinkedHashMap<>();
        counts.put(1, 2L);
        counts.put("x", 3L);
        counts.put(1.5, 4L);
        counts.put(List.of(1, 2), 6L);
        counts.forEach((element, count) -> assertThat(python.count(element)).isEqualTo(count));
        for (Runnable call : List.<Runnable>of(
                () -> python.count("é"),
                () -> python.increment("é"),
                () -> python.addAll(List.of("é", "x")),
                python::total)) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(python.key());
        }
        assertThat(TestRedis.hash(python.key())).isEqualTo(fields);

        counter.populate(counts);
        fields.keySet().removeAll(Set.of("null", "\"\\u00e9\""));
        assertThat(TestRedis.hash(counter.key())).isEqualTo(fields);
    }

    @Test
    void countsBesideZeroNegativeAndBrokenCounts() {
        Map<String, String> fields = Golden.hash(Golden.container("counter_zero_kept"));
        RedisCounter<Object> python = stored(fields);
        assertThat(python.count("zero")).isZero();
        assertThat(python.count("neg")).isEqualTo(-3);
        python.addAll(List.of("zero", "neg"));
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> python.increment("f"));
        assertThat(TestRedis.hash(python.key()))
                .isEqualTo(Map.of("\"zero\"", "1", "\"neg\"", "-2", "\"f\"", fields.get("\"f\"")));
    }

    static Stream<JsonNode> views() {
        return StreamSupport.stream(
                Golden.file("containers.json").get("counter_views").spliterator(), false);
    }

    @Test
    void thereAreViews() {
        assertThat(views()).hasSize(11);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("views")
    void computesWhatPythonComputed(JsonNode view) {
        counter.putAll(longs((Map<?, ?>) Golden.value(view.get("self"))));
        Map<Object, Long> other = longs((Map<?, ?>) Golden.value(view.get("other")));
        Object expected = Golden.value(view.get("result"));

        switch (view.get("expr").asText()) {
            case "most_common()" -> assertThat(counter.mostCommon()).isEqualTo(pairs(expected));
            case "most_common(2)" -> assertThat(counter.mostCommon(2)).isEqualTo(pairs(expected));
            case "elements" -> assertThat(counter.elements()).containsExactlyInAnyOrderElementsOf((List<?>) expected);
            case "+other" -> assertThat(counter.plus(other)).isEqualTo(longs((Map<?, ?>) expected));
            case "-other" -> assertThat(counter.minus(other)).isEqualTo(longs((Map<?, ?>) expected));
            case "|other" -> assertThat(counter.union(other)).isEqualTo(longs((Map<?, ?>) expected));
            case "&other" -> assertThat(counter.intersection(other)).isEqualTo(longs((Map<?, ?>) expected));
            case "+c" -> assertThat(counter.positive()).isEqualTo(longs((Map<?, ?>) expected));
            case "-c" -> assertThat(counter.negative()).isEqualTo(longs((Map<?, ?>) expected));
            case "total" -> assertThat(counter.total()).isEqualTo(((Number) expected).longValue());
            case "c['missing']" -> assertThat(counter.count("missing")).isEqualTo(((Number) expected).longValue());
            default -> throw new AssertionError(view.get("expr"));
        }
    }

    @Test
    void coversEveryCounterInTheFile() {
        Set<String> covered = new HashSet<>(Set.of("counter_mixed_keys", "counter_zero_kept"));
        counters().forEach(made -> covered.add((String) made.get()[0]));
        List<String> all = new ArrayList<>();
        Golden.file("containers.json")
                .get("cases")
                .forEach(each -> all.add(each.get("name").asText()));
        assertThat(all.stream().filter(name -> name.startsWith("counter_")))
                .hasSize(9)
                .allMatch(covered::contains);
    }

    private static List<Map.Entry<Object, Long>> pairs(Object golden) {
        return ((List<?>) golden)
                .stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair -> Map.entry((Object) pair.get(0), ((Number) pair.get(1)).longValue()))
                        .toList();
    }

    private static Map<Object, Long> longs(Map<?, ?> golden) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        golden.forEach((element, count) -> counts.put(element, ((Number) count).longValue()));
        return counts;
    }

    private static RedisCounter<Object> stored(Map<String, String> fields) {
        RedisCounter<Object> counter = counter();
        fields.forEach((field, value) -> TestRedis.server().execute("HSET", counter.key(), field, value));
        return counter;
    }

    private static RedisCounter<Object> counter() {
        return TestRedis.pottery().counter(TestRedis.freshKey(), Object.class);
    }

    private static Arguments made(String name, Consumer<RedisCounter<Object>> work) {
        return Arguments.of(name, work);
    }
}
