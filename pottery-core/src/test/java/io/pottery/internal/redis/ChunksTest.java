package io.pottery.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.DataType;

class ChunksTest {

    private final RedisKey key = TestRedis.keyspace("").key(DataType.HASH, TestRedis.freshKey());

    @Test
    void cutsByNumber() {
        assertThat(Chunks.of(args(2_001, 1), 1)).extracting(List::size).containsExactly(1_000, 1_000, 1);
        assertThat(Chunks.of(args(4_000, 1), 2)).extracting(List::size).containsExactly(2_000, 2_000);
        assertThat(Chunks.of(args(1_000, 1), 1)).hasSize(1);
        assertThat(Chunks.of(List.of(), 2)).isEmpty();
    }

    @Test
    void cutsBySize() {
        assertThat(Chunks.of(args(4, 200 << 10), 1)).extracting(List::size).containsExactly(2, 2);
        assertThat(Chunks.of(args(4, 600 << 10), 1)).extracting(List::size).containsExactly(1, 1, 1, 1);
    }

    @Test
    void neverCutsAnElementApart() {
        assertThat(Chunks.of(args(6, 300 << 10), 2)).extracting(List::size).containsExactly(2, 2, 2);
        assertThat(Chunks.of(args(3_003, 1), 3)).extracting(List::size).containsExactly(3_000, 3);
    }

    @Test
    void losesNothing() {
        List<byte[]> args = args(12_345, 7);
        List<byte[]> joined = new ArrayList<>();
        Chunks.of(args, 5).forEach(joined::addAll);
        assertThat(joined).isEqualTo(args);
    }

    @Test
    void refusesWhatIsTooMuchForOneStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chunks.packed(key, args(1_000_001, 1), 1))
                .withMessageContaining("1000001 elements")
                .withMessageContaining(key.name())
                .withMessageContaining("1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chunks.packed(key, args(65, 1 << 20), 1))
                .withMessageContaining("68157440 bytes")
                .withMessageContaining("67108864");
    }

    private static List<byte[]> args(int count, int size) {
        return Collections.nCopies(count, new byte[size]);
    }
}
