package io.pottery.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.DataType;

class KeyspaceTest {

    private final Keyspace keyspace = TestRedis.keyspace("app:");

    @ParameterizedTest
    @ValueSource(strings = {"tel", "größe", "日本語", "😀", "{tag}:x", "with spaces", "a/b?c=*", "\"quoted\"", "null"})
    void takesNamesAsTheyAre(String name) {
        assertThat(keyspace.key(DataType.HASH, name).name()).isEqualTo("app:" + name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void refusesEmptyNames(String name) {
        assertRefuses(name, "The name must not be empty");
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "31", "127", "133"})
    void refusesControlCharacters(int character) {
        assertRefuses("tel" + (char) character, "control character at index 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd83d, 0xde00})
    void refusesHalfASurrogatePair(int half) {
        assertRefuses("tel" + (char) half, "half a surrogate pair at index 3");
        assertRefuses("tel" + (char) half + "x", "half a surrogate pair at index 3");
    }

    @Test
    void refusesLongNames() {
        assertThat(keyspace.key(DataType.HASH, "x".repeat(512)).name()).hasSize(516);
        assertRefuses("x".repeat(513), "is 513 bytes, limit 512");
        assertRefuses("ä".repeat(257), "is 514 bytes, limit 512");
    }

    @Test
    void doesNotRepeatARefusedName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyspace.key(DataType.HASH, "canary\n"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void refusesAPrefixThatNoNameCouldHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRedis.keyspace("a\n"))
                .withMessageContaining("key prefix has a control character at index 1");
        assertThat(TestRedis.keyspace("").key(DataType.HASH, "tel").name()).isEqualTo("tel");
    }

    private void assertRefuses(String name, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyspace.key(DataType.HASH, name))
                .withMessageContaining(message);
    }
}
