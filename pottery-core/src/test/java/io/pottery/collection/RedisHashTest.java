package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.DataType;

class RedisHashTest {

    private final String key = TestRedis.freshKey();
    private final RedisHash hash = new RedisHash(TestRedis.keyspace("").key(DataType.HASH, key));
    private final List<String> seen = new ArrayList<>();

    @Test
    void rewritesFieldsAnewIfOneOfThemHasAppeared() {
        redis("HSET", key, "a", "1");
        boolean changed = hash.rewriteOnly(List.of(bytes("a"), bytes("n")), interruptedBy("HSET", key, "n", "7"));
        assertThat(changed).isTrue();
        assertThat(seen).containsExactly("a=1", "n=", "a=1", "n=7");
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "1x", "n", "7x"));
    }

    @Test
    void rewritesFieldsAnewIfOneOfThemHasGone() {
        redis("HSET", key, "a", "1", "b", "2");
        hash.rewriteOnly(List.of(bytes("a"), bytes("b")), interruptedBy("HDEL", key, "b"));
        assertThat(seen).containsExactly("a=1", "b=2", "a=1", "b=");
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "1x", "b", "x"));
    }

    @Test
    void rewritesFieldsWhateverHappensToOthers() {
        redis("HSET", key, "a", "1", "other", "2");
        hash.rewriteOnly(List.of(bytes("a")), interruptedBy("HSET", key, "other", "3", "more", "4"));
        assertThat(seen).containsExactly("a=1");
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "1x", "other", "3", "more", "4"));
    }

    @Test
    void rewritesAllAnewIfAnythingHasAppeared() {
        redis("HSET", key, "a", "1");
        hash.rewriteWith(Set.of(ByteBuffer.wrap(bytes("n"))), interruptedBy("HSET", key, "n", "7"));
        assertThat(seen).containsExactly("a=1", "n=", "a=1", "n=7");
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "1x", "n", "7x"));

        seen.clear();
        hash.rewriteWith(Set.of(ByteBuffer.wrap(bytes("a"))), interruptedBy("HSET", key, "other", "3"));
        assertThat(seen).hasSize(5);
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "1xx", "n", "7xx", "other", "3x"));
    }

    @Test
    void takesAnEmptyTextOfOthersForAValue() {
        redis("HSET", key, "a", "");
        hash.rewriteWith(Set.of(ByteBuffer.wrap(bytes("n"))), (field, value) -> {
            seen.add(text(field) + (value == RedisHash.ABSENT));
            return bytes("x");
        });
        assertThat(seen).containsExactly("afalse", "ntrue");
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("a", "x", "n", "x"));
    }

    /** Appends an x to each value; another client's command comes in between the first reading and the writing. */
    private BinaryOperator<byte[]> interruptedBy(String... command) {
        return (field, value) -> {
            if (seen.isEmpty()) {
                redis(command);
            }
            seen.add(text(field) + "=" + text(value));
            return bytes(text(value) + "x");
        };
    }

    private static void redis(String... command) {
        TestRedis.server().execute(command);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
