package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sets that Python Pottery wrote. */
class RedisSetGoldenTest {

    /** What Python writes and Pottery for Java reads, but never writes. */
    private static final Set<String> READ_ONLY = Set.of("null", "NaN", "Infinity", "-Infinity");

    @ParameterizedTest
    @CsvSource({"set_all, 127, 3", "set_readme, 4, 0", "set_nested, 3, 0"})
    void readsAndWritesWhatPythonWrote(String name, int members, int readOnly) {
        Set<String> golden = members(Golden.container(name));
        assertThat(golden).hasSize(members);
        RedisSet<Object> python = TestRedis.pottery().set(TestRedis.freshKey(), Object.class);
        golden.forEach(member -> TestRedis.server().execute("SADD", python.key(), member));
        RedisSet<Object> java = TestRedis.pottery().set(TestRedis.freshKey(), Object.class);

        int unwritten = 0;
        for (Object element : python) {
            if (element == null || (element instanceof Double number && !Double.isFinite(number))) {
                unwritten++;
            } else {
                assertThat(python.contains(element)).isTrue();
                assertThat(java.add(element)).isTrue();
            }
        }

        assertThat(unwritten).isEqualTo(readOnly);
        golden.removeAll(READ_ONLY);
        assertThat(stored(java)).isEqualTo(golden);
        assertThat(java.isSubsetOf(python)).isTrue();
    }

    @Test
    void writesTheSetOfTheReadmeLikePython() {
        RedisSet<String> basket = TestRedis.pottery().set(TestRedis.freshKey(), String.class);
        basket.populate(List.of("apple", "orange", "apple", "pear", "orange", "banana"));
        assertThat(stored(basket)).isEqualTo(members(Golden.container("set_readme")));
    }

    private static Set<String> members(JsonNode golden) {
        Set<String> members = new HashSet<>();
        golden.get("redis").get("members").forEach(member -> members.add(member.asText()));
        return members;
    }

    private static Set<Object> stored(RedisSet<?> set) {
        return new HashSet<>((List<?>) TestRedis.server().execute("SMEMBERS", set.key()));
    }
}
