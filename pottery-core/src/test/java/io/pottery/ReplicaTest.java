package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ReadFrom;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** An application that lets replicas answer its reads, and whose only replica is so far behind that it has nothing. */
@Timeout(60)
class ReplicaTest {

    private static final int MANY = 2_000;

    private static RedisServer master;
    private static RedisServer replica;
    private static LettuceConnectionFactory connections;
    private static PotteryFactory pottery;

    @BeforeAll
    static void start() {
        master = RedisServer.start();
        replica = RedisServer.with("replicaof", "127.0.0.1", "1").start();
        RedisStaticMasterReplicaConfiguration nodes =
                new RedisStaticMasterReplicaConfiguration(master.host(), master.port());
        nodes.addNode(replica.host(), replica.port());
        connections = TestRedis.started(new LettuceConnectionFactory(
                nodes,
                LettuceClientConfiguration.builder()
                        .readFrom(ReadFrom.REPLICA)
                        .commandTimeout(Duration.ofSeconds(10))
                        .shutdownTimeout(Duration.ZERO)
                        .build()));
        pottery = PotteryFactory.create(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        replica.close();
        master.close();
    }

    @Test
    void plainReadsAreTheReplicas() {
        RedisSet<Integer> set = pottery.set(TestRedis.freshKey(), Integer.class);
        set.add(1);
        assertThat(set.contains(1)).isFalse();
    }

    @Test
    void whatReadsAndWritesReadsFromTheMaster() {
        RedisSet<Integer> set = pottery.set(TestRedis.freshKey(), Integer.class);
        set.addAll(numbers());
        assertThat(set.removeIf(element -> element == 7)).isTrue();
        assertThat(set.removeIf(element -> element == 7)).isFalse();

        RedisList<Integer> list = pottery.list(TestRedis.freshKey(), Integer.class);
        list.addAll(numbers());
        assertThat(list.removeIf(element -> element == 7)).isTrue();
        list.replaceAll(element -> -element);
        list.sort();
        assertThat(master.execute("LINDEX", list.key(), "0")).isEqualTo("-1999");
        assertThat(master.execute("LLEN", list.key())).isEqualTo(MANY - 1L);

        RedisDict<Integer, Integer> dict = pottery.dict(TestRedis.freshKey(), Integer.class, Integer.class);
        Map<Integer, Integer> entries = new HashMap<>();
        numbers().forEach(i -> entries.put(i, i));
        dict.putAll(entries);
        dict.replaceAll((key, value) -> value + 1);
        assertThat(master.execute("HGET", dict.key(), "7")).isEqualTo("8");
        assertThat(dict.merge(7, 1, Integer::sum)).isEqualTo(9);
        assertThat(dict.compute(7, (key, value) -> value == null ? -1 : value + 1))
                .isEqualTo(10);

        RedisCounter<Integer> counter = pottery.counter(TestRedis.freshKey(), Integer.class);
        counter.addAll(numbers());
        counter.plusInPlace(Map.of(7, 1L));
        assertThat(master.execute("HGET", counter.key(), "7")).isEqualTo("2");
        master.execute("HSET", counter.key(), "7", "3.0");
        counter.addAll(List.of(7));
        assertThat(master.execute("HGET", counter.key(), "7")).isEqualTo("4");
        master.execute("HSET", counter.key(), "7", "3.0");
        assertThat(counter.increment(7)).isEqualTo(4);
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, MANY).boxed().toList();
    }
}
