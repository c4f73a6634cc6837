package io.pottery.testing;

import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.SystemTimer;
import io.pottery.internal.redis.TemporaryKeys;
import io.pottery.testredis.RedisCluster;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The Redis that the tests of this JVM share, each under keys of its own; it ends with the JVM. */
public final class TestRedis {

    private static final RedisServer SERVER = RedisServer.start();
    private static final LettuceConnectionFactory CONNECTIONS = connect(SERVER);
    private static final PotteryFactory POTTERY = PotteryFactory.create(CONNECTIONS);
    private static final PotteryFactory POTTERY_ALONE =
            PotteryFactory.builder(CONNECTIONS).batching(false).build();

    /** How calls on the shared Redis travel. */
    public enum Travel {
        TOGETHER,
        ALONE;

        public PotteryFactory pottery() {
            return this == TOGETHER ? POTTERY : POTTERY_ALONE;
        }
    }

    private TestRedis() {}

    public static RedisServer server() {
        return SERVER;
    }

    public static LettuceConnectionFactory connections() {
        return CONNECTIONS;
    }

    public static PotteryFactory pottery() {
        return POTTERY;
    }

    /** A key that no other test has, in this run or another. */
    public static String freshKey() {
        return "test:" + UUID.randomUUID();
    }

    /** The fields and values of the hash at {@code key}, as they are stored. */
    public static Map<String, String> hash(String key) {
        List<?> reply = (List<?>) SERVER.execute("HGETALL", key);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            fields.put((String) reply.get(i), (String) reply.get(i + 1));
        }
        return fields;
    }

    /**
     * Adds the numbers from {@code from} on to a set or list, without sending them: {@code command} takes a thousand.
     */
    public static void fill(RedisServer server, String command, String key, int from, int count) {
        String script = """
                local from, to = tonumber(ARGV[2]), ARGV[2] + ARGV[3] - 1
                for i = from, to, 1000 do
                    local page = {}
                    for j = i, math.min(i + 999, to) do
                        page[#page + 1] = string.format('%d', j)
                    end
                    redis.call(ARGV[1], KEYS[1], unpack(page))
                end
                """;
        server.execute("EVAL", script, "1", key, command, Integer.toString(from), Integer.toString(count));
    }

    /** A keyspace of its own on the shared Redis. */
    public static Keyspace keyspace(String prefix) {
        return new Keyspace(CONNECTIONS, prefix, new TemporaryKeys(new SystemTimer()), true);
    }

    /** Waits until as many clients as {@code listeners} listen to {@code channel}. */
    public static void awaitListeners(RedisServer server, String channel, long listeners) {
        await().until(() ->
                ((List<?>) server.execute("PUBSUB", "NUMSUB", channel)).get(1).equals(listeners));
    }

    public static LettuceConnectionFactory connect(RedisServer server) {
        return connect(new RedisStandaloneConfiguration(server.host(), server.port()));
    }

    public static LettuceConnectionFactory connect(RedisStandaloneConfiguration redis) {
        return started(new LettuceConnectionFactory(redis, clientOptions()));
    }

    public static RedisClusterConfiguration nodes(RedisCluster cluster) {
        return new RedisClusterConfiguration(cluster.nodes().stream()
                .map(node -> node.host() + ":" + node.port())
                .toList());
    }

    /** Settings of a client that does not wait long for servers that tests have taken away. */
    public static LettuceClientConfiguration clientOptions() {
        return LettuceClientConfiguration.builder()
                .commandTimeout(Duration.ofSeconds(10))
                .shutdownTimeout(Duration.ZERO)
                .build();
    }

    public static LettuceConnectionFactory started(LettuceConnectionFactory connections) {
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }
}
