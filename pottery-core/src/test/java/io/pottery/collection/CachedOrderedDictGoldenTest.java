package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Python's dict wrote, step by step. Its steps with None as a key are left out: null is no key here. */
class CachedOrderedDictGoldenTest {

    private final JsonNode golden = Golden.file("cached_ordered_dict.json");
    private final JsonNode steps = golden.get("steps");
    private final String key = TestRedis.freshKey();

    @Test
    void writesWhatPythonWroteAfterEachStep() {
        assertThat(CachedOrderedDict.DEFAULT_TIMEOUT)
                .isEqualTo(Duration.ofSeconds(golden.get("default_timeout_s").asInt()));
        assertThat(steps).hasSize(7);

        CachedOrderedDict<Object, Object> dict = dict(1, 2, "x", 1.5);
        assertThat(TestRedis.server().execute("TYPE", key)).isEqualTo("none");
        assertThat(dict.misses()).isEqualTo(keys(0, "misses"));

        dict.put(1, "one");
        isStoredAsAfter(1);
        dict.putAll(Map.of(2, "two", "x", Map.of("b", 1, "a", 2)));
        isStoredAsAfter(2);

        TestRedis.server().execute("HSET", key, "null", "5"); // what Python's setdefault(None, 5) leaves
        isStoredAsAfter(3);

        CachedOrderedDict<Object, Object> second = dict(2, "y", 1);
        assertThat(second.misses()).isEqualTo(keys(5, "misses"));
        List<Object> order = new ArrayList<>(second.keySet());
        order.add(1, "y");
        assertThat(order).isEqualTo(list(5, "order"));
        isStoredAsAfter(5);

        TestRedis.pottery()
                .cachedOrderedDict(
                        key,
                        TestRedis.pottery().json(Object.class),
                        TestRedis.pottery().json(Object.class),
                        List.of(2),
                        ChronoUnit.FOREVER.getDuration());
        isStoredAsAfter(6);
    }

    @Test
    void readsWhatPythonWrote() {
        Golden.hash(steps.get(6)).forEach((field, value) -> TestRedis.server().execute("HSET", key, field, value));
        assertThat(dict("x", 2, "y", 1))
                .isEqualTo(Map.of(1, "one", 2, "two", "x", Map.of("a", 2, "b", 1)))
                .containsKeys("x", 2, 1);
    }

    @Test
    void writesNoValueThatItHasOnlyRead() {
        CachedOrderedDict<Object, Object> first = dict(1, 2);
        first.putAll(Map.of(1, "one", 2, "two"));
        TestRedis.server().execute("PEXPIRE", key, "10000");
        CachedOrderedDict<Object, Object> second = dict(2, "y", 1);
        TestRedis.server().execute("HSET", key, "2", "\"newer\"");
        Map<String, String> newer = TestRedis.hash(key);

        second.misses();
        second.putIfAbsent(1, "uno");
        second.forEach((k, v) -> {});

        assertThat(TestRedis.hash(key)).isEqualTo(newer);
        assertThat((Long) TestRedis.server().execute("PTTL", key)).isLessThanOrEqualTo(10_000);
        second.put("y", "why");
        assertThat(TestRedis.hash(key)).containsAllEntriesOf(newer).hasSize(3);
    }

    private void isStoredAsAfter(int step) {
        JsonNode redis = steps.get(step).get("redis");
        assertThat(TestRedis.hash(key)).isEqualTo(Golden.hash(steps.get(step)));
        assertThat(TestRedis.server().execute("TYPE", key))
                .isEqualTo(redis.get("type").asText());
        long limit = redis.get("ttl_ms_rounded_up_to_s").asLong();
        assertThat((Long) TestRedis.server().execute("PTTL", key)).isBetween(limit - 20_000, limit);
    }

    private Set<Object> keys(int step, String name) {
        Set<Object> keys = new HashSet<>(list(step, name));
        keys.remove(null);
        return keys;
    }

    private List<Object> list(int step, String name) {
        List<Object> values = new ArrayList<>();
        steps.get(step).get(name).forEach(tagged -> values.add(Golden.value(tagged)));
        return values;
    }

    private CachedOrderedDict<Object, Object> dict(Object... keys) {
        return TestRedis.pottery().cachedOrderedDict(key, Object.class, Object.class, Arrays.asList(keys));
    }
}
