package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

    @Test
    void theReplicaTakesOverFromAKilledMaster() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            RedisServer old = sentinels.master();
            RedisServer replica = sentinels.replica();
            old.execute("SET", "key", "value");
            Polling.until(
                    Duration.ofSeconds(10),
                    () -> "value".equals(sentinels.replica().execute("GET", "key")),
                    () -> "The replica did not get the value");

            RedisServer elected = sentinels.failOver();

            assertThat(elected).isSameAs(replica).isSameAs(sentinels.master());
            assertThat(sentinels.replica()).isSameAs(old);
            assertThat(elected.execute("GET", "key")).isEqualTo("value");
            assertThat(elected.execute("SET", "key", "newer")).isEqualTo("OK");
            assertThatIllegalStateException().isThrownBy(sentinels::failOver).withMessageContaining("cannot take over");

            old.restart();
            Polling.until(
                    Duration.ofSeconds(60),
                    () -> String.valueOf(old.execute("INFO", "replication")).contains("master_link_status:up"),
                    () -> "The old master does not become the replica");
            assertThat(old.execute("GET", "key")).isEqualTo("newer");
        }
    }

    @Test
    void threeSentinelsAgree() {
        try (RedisSentinels sentinels = RedisSentinels.start(3)) {
            int port = sentinels.replica().port();

            sentinels.failOver();

            assertThat(sentinels.sentinels())
                    .hasSize(3)
                    .allSatisfy(sentinel -> assertThat(
                                    sentinel.execute("SENTINEL", "GET-MASTER-ADDR-BY-NAME", sentinels.masterName()))
                            .isEqualTo(List.of("127.0.0.1", Integer.toString(port))));
        }
    }

    @Test
    void thereIsAtLeastOneSentinel() {
        assertThatIllegalArgumentException().isThrownBy(() -> RedisSentinels.start(0));
    }
}
