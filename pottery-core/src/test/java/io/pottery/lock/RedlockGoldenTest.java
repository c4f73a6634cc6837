package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The key of a lock, as Python Pottery writes it, so that processes of both exclude each other. */
class RedlockGoldenTest {

    private static final JsonNode GOLDEN = Golden.file("primitives.json");

    private final String name = TestRedis.freshKey();

    @Test
    void writesTheKeyAndValueThatPythonWrites() throws Exception {
        JsonNode python = step("Redlock(key=\"printer\", masters={r}, auto_release_time=.5).acquire()");
        JsonNode set = python.get("commands").get(0);
        assertThat(set.get(1).asText()).isEqualTo("redlock:printer");
        assertThat(set.get(2).asText()).isEqualTo("<uuid4>");
        assertThat(set.get(5).asText()).isEqualTo("500");

        RedlockOptions half = RedlockOptions.defaults()
                .withAutoReleaseTime(Duration.ofMillis(500))
                .withMasterTimeout(Duration.ofSeconds(2));
        Lease lease = TestRedis.pottery().redlock(name, half).acquire();
        String key = set.get(1).asText().replace("printer", name);
        assertThat(TestRedis.server().execute("TYPE", key))
                .isEqualTo(python.at("/redis/type").asText());
        assertThat(UUID.fromString((String) TestRedis.server().execute("GET", key))
                        .variant())
                .isEqualTo(2);
        assertThat((Long) TestRedis.server().execute("PTTL", key)).isBetween(0L, 500L);
        lease.close();
        assertThat(TestRedis.server().execute("TYPE", key))
                .isEqualTo(step("release()").at("/redis/type").asText());
    }

    @Test
    void hasThePythonDefaults() {
        RedlockOptions defaults = RedlockOptions.defaults();
        assertThat(defaults.numExtensions())
                .isEqualTo(GOLDEN.get("num_extensions_default").asInt());
        assertThat(defaults.autoReleaseTime().toSeconds())
                .isEqualTo(GOLDEN.get("auto_release_time_default_s").asLong());
        assertThat(defaults.retryDelay().toMillis() / 1_000.0)
                .isEqualTo(GOLDEN.get("retry_delay_uniform_0_to_s").asDouble());
        for (JsonNode row : GOLDEN.get("drift_autoreleasetime_drift_pxms")) {
            Duration lease = Duration.ofNanos(Math.round(row.get(0).asDouble() * 1e9));
            Duration drift = lease.minus(defaults.validity(lease));
            assertThat(drift.toNanos() / 1e9).isCloseTo(row.get(1).asDouble(), offset(1e-8));
        }
    }

    @Test
    void isTurnedAwayWhilePythonHoldsIt() throws Exception {
        Redlock lock = TestRedis.pottery().redlock(name);
        assertThat(pythonAcquires(lock)).isEqualTo("OK");
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.tryAcquire()).isEmpty();
        CompletableFuture<AsyncLease> waiter = lock.async().acquire();
        TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
        TestRedis.server().execute("DEL", lock.key()); // what Python's release script does
        AsyncLease lease = waiter.get(5, TimeUnit.SECONDS);
        assertThat(pythonAcquires(lock)).isNull();
        lease.close().get(5, TimeUnit.SECONDS);
        assertThat(pythonAcquires(lock)).isEqualTo("OK");
    }

    private static Object pythonAcquires(Redlock lock) {
        return TestRedis.server().execute("SET", lock.key(), UUID.randomUUID().toString(), "NX", "PX", "10000");
    }

    private static JsonNode step(String name) {
        for (JsonNode step : GOLDEN.get("steps")) {
            if (step.get("step").asText().equals(name)) {
                return step;
            }
        }
        throw new IllegalArgumentException("No golden step " + name);
    }
}
