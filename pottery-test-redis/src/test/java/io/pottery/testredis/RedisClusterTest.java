package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    @Test
    void everyKeyHasANodeThatTakesIt() {
        try (RedisCluster cluster = RedisCluster.start(3)) {
            List<String> keys = IntStream.range(0, 60).mapToObj(i -> "key:" + i).toList();
            assertThat(keys)
                    .allSatisfy(key -> assertThat(cluster.nodeOf(key).execute("SET", key, "value"))
                            .isEqualTo("OK"));
            assertThat(keys.stream().map(cluster::nodeOf).distinct()).hasSize(3);
            assertThat(cluster.nodes())
                    .allSatisfy(node -> assertThat(node.execute("DBSIZE")).isNotEqualTo(0L));

            RedisServer wrong = cluster.nodes().stream()
                    .filter(node -> node != cluster.nodeOf("key:0"))
                    .findFirst()
                    .orElseThrow();
            assertThatExceptionOfType(RedisErrorReplyException.class)
                    .isThrownBy(() -> wrong.execute("GET", "key:0"))
                    .withMessageContaining("MOVED")
                    .withMessageContaining(
                            "127.0.0.1:" + cluster.nodeOf("key:0").port());
        }
    }

    @Test
    void hasAtLeastThreeMasters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisCluster.start(2))
                .withMessageContaining("at least 3 masters, not 2");
    }
}
