package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** On a Redis without free memory, what would grow is refused as a whole, and the rest goes on. */
class FullSketchTest {

    private static RedisServer server;
    private static LettuceConnectionFactory connections;
    private static PotteryFactory pottery;

    private final String key = TestRedis.freshKey();
    private final BloomFilter<Integer> filter = pottery.bloomFilter("{" + key + "}", Integer.class, 10_000, 0.01);
    private final BloomFilter<Integer> other = pottery.bloomFilter("{" + key + "}2", Integer.class, 10_000, 0.01);
    private final HyperLogLog<Integer> counted = pottery.hyperLogLog("{" + key + "}3", Integer.class);
    private final HyperLogLog<Integer> target = pottery.hyperLogLog("{" + key + "}4", Integer.class);

    @BeforeAll
    static void start() {
        server = RedisServer.with("maxmemory-policy", "noeviction").start();
        connections = TestRedis.connect(server);
        pottery = PotteryFactory.create(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        server.close();
    }

    @AfterEach
    void free() {
        server.execute("CONFIG", "SET", "maxmemory", "0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void refusesWhatWouldGrow(int before) {
        filter.addAll(numbers(0, before));
        other.addAll(numbers(0, 100));
        fill();
        Object bits = server.execute("GET", filter.key());
        for (Runnable call : List.<Runnable>of(
                () -> filter.add(5_000),
                () -> filter.addAll(numbers(5_000, 8_000)),
                () -> filter.uniteWith(other),
                () -> filter.intersectWith(other),
                () -> pottery.bloomFilter(key + "new", Integer.class, 10, 0.1).populate(List.of(1)))) {
            assertRefused(call);
        }
        assertThat(server.execute("GET", filter.key())).isEqualTo(bits);
        assertThat(filter.containsMany(numbers(0, before))).doesNotContain(false);
        assertThat((List<?>) server.execute("KEYS", "*" + key + "*")).hasSize(before == 0 ? 2 : 4);
    }

    @Test
    void countsNothingMore() {
        counted.addAll(numbers(0, 1_000));
        fill();
        assertRefused(() -> counted.add(-1));
        assertRefused(() -> counted.addAll(numbers(5_000, 8_000)));
        assertThat(counted.containsMany(numbers(0, 1_000))).containsOnly(true);
        assertThat((double) counted.count()).isBetween(980.0, 1_020.0);
    }

    @Test
    void storesAUnionOrLeavesWhatWasThere() {
        counted.addAll(numbers(0, 1_000));
        target.addAll(numbers(5_000, 8_000));
        fill();
        try {
            assertThat((double) counted.unionInto(target)).isBetween(980.0, 1_020.0);
            assertThat(target.count()).isEqualTo(counted.count());
        } catch (PotteryException refused) {
            assertThat((double) target.count()).isBetween(2_940.0, 3_060.0);
        }
    }

    private static void fill() {
        server.execute("CONFIG", "SET", "maxmemory", "1");
    }

    private static void assertRefused(Runnable call) {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(call::run)
                .withMessageContaining("Redis is out of memory");
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
