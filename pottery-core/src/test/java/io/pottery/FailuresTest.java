package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.lettuce.core.protocol.CommandType;
import io.pottery.collection.RedisDict;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisCluster;
import io.pottery.testredis.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What the caller is told when Redis refuses, is silent, or is not there. */
class FailuresTest {

    private static final String PASSWORD = "secret-canary";

    private final String key = TestRedis.freshKey();
    private LettuceConnectionFactory connections;

    @AfterEach
    void disconnect() {
        if (connections != null) {
            connections.destroy();
        }
    }

    @Test
    void aRedisThatIsNotThere() {
        int port;
        try (RedisServer server = RedisServer.start()) {
            port = server.port();
        }
        assertFails(
                dict(new RedisStandaloneConfiguration("127.0.0.1", port)),
                "127.0.0.1:" + port,
                "cannot be reached",
                "spring.data.redis");
    }

    @Test
    void aRedisThatStopsAnswering() {
        try (RedisServer server = RedisServer.start()) {
            RedisDict<String, Integer> dict = dict(at(server));
            dict.set("k", 1);
            server.pause();
            assertFails(dict, "no answer in time", "may or may not have run");
            server.resume();
            assertThat(dict.get("k")).isEqualTo(1);
        }
    }

    @Test
    void aThreadThatIsInterrupted() throws InterruptedException {
        try (RedisServer server = RedisServer.start()) {
            RedisDict<String, Integer> dict = dict(at(server), Duration.ofMinutes(1));
            dict.set("k", 1);
            server.pause();
            Throwable[] thrown = new Throwable[1];
            boolean[] flag = new boolean[1];
            Thread waiting = new Thread(() -> {
                try {
                    dict.get("k");
                } catch (Throwable e) {
                    thrown[0] = e;
                    flag[0] = Thread.currentThread().isInterrupted();
                }
            });
            waiting.start();
            waiting.interrupt();
            waiting.join(Duration.ofSeconds(30).toMillis());
            assertThat(thrown[0])
                    .isInstanceOf(PotteryException.class)
                    .hasMessageContainingAll(key, "interrupted while it waited");
            assertThat(flag[0]).as("interrupt flag").isTrue();
            server.resume();
        }
    }

    @Test
    void aRedisThatIsRestarted() {
        try (RedisServer server = RedisServer.with("appendonly", "yes")
                .with("appendfsync", "always")
                .start()) {
            RedisDict<String, Integer> dict = dict(at(server), Duration.ofSeconds(20));
            dict.put("k", 1);
            server.kill();
            server.restart();
            assertThat(dict.put("k", 2)).isEqualTo(1);
        }
    }

    @Test
    void aCallThatIsCutOffWhereTheApplicationWantsNothingSentTwice() throws Exception {
        try (RedisServer server = RedisServer.with("appendonly", "yes")
                .with("appendfsync", "always")
                .start()) {
            connections = TestRedis.started(new LettuceConnectionFactory(
                    at(server),
                    LettuceClientConfiguration.builder()
                            .commandTimeout(Duration.ofSeconds(20))
                            .shutdownTimeout(Duration.ZERO)
                            .clientOptions(ClientOptions.builder()
                                    .replayFilter(command -> true)
                                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                                    .build())
                            .build()));
            CountDownLatch sent = new CountDownLatch(2);
            connections.getRequiredNativeClient().addListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (event.getCommand().getType() == CommandType.HSET) {
                        sent.countDown();
                    }
                }
            });
            RedisDict<String, Integer> dict = PotteryFactory.create(connections).dict(key, String.class, Integer.class);
            dict.set("k", 1);
            server.pause();
            CompletableFuture<Void> cutOff = CompletableFuture.runAsync(() -> dict.set("k", 2));
            assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
            server.kill();
            server.restart();

            assertThat(cutOff)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(PotteryException.class)
                    .withMessageContaining(key);
            await().ignoreExceptionsMatching(PotteryException.class::isInstance)
                    .untilAsserted(() -> assertThat(dict.get("k")).isEqualTo(1));
        }
    }

    @Test
    void aWrongPassword() {
        try (RedisServer server = RedisServer.with("requirepass", "right").start()) {
            RedisStandaloneConfiguration redis = at(server);
            redis.setPassword(PASSWORD);
            RedisDict<String, Integer> dict = dict(redis);
            // Once in a while Lettuce closes the connection before it passes on why.
            await().untilAsserted(() ->
                    assertFails(dict, "refused the user name or password", "spring.data.redis.username and .password"));
        }
    }

    @Test
    void aMissingPassword() {
        try (RedisServer server = RedisServer.with("requirepass", "right").start()) {
            RedisDict<String, Integer> dict = dict(at(server));
            await().untilAsserted(() -> assertFails(dict, "wants a password", "spring.data.redis.password"));
        }
    }

    @Test
    void aUserWithoutTheRight() {
        try (RedisServer server = RedisServer.start()) {
            server.execute("ACL", "SETUSER", "clerk", "on", ">" + PASSWORD, "~other:*", "+@all");
            RedisStandaloneConfiguration redis = at(server);
            redis.setUsername("clerk");
            redis.setPassword(PASSWORD);
            assertFails(dict(redis), "may not do this", "docs/acl");
        }
    }

    @Test
    void aReadOnlyReplica() {
        try (RedisServer server = RedisServer.start();
                RedisServer replica = RedisServer.with("replicaof", server.host(), String.valueOf(server.port()))
                        .start()) {
            RedisDict<String, Integer> dict = dict(at(replica));
            assertThat(dict.get("k")).isNull();
            assertFails(dict, "read-only replica", "connect to its master");
        }
    }

    @Test
    void aFullRedisLosesNothing() {
        try (RedisServer server =
                RedisServer.with("maxmemory-policy", "noeviction").start()) {
            RedisDict<String, Integer> dict = dict(at(server));
            dict.put("k", 1);
            server.execute("CONFIG", "SET", "maxmemory", "1");
            assertFails(dict, "out of memory", "maxmemory");
            assertThat(dict.get("k")).isEqualTo(1);
            server.execute("CONFIG", "SET", "maxmemory", "0");
            assertThat(dict.put("k", 2)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatLacksACommand() {
        try (RedisServer server = RedisServer.with("rename-command", "HRANDFIELD", "")
                .with("rename-command", "HLEN", "")
                .start()) {
            RedisDict<String, Integer> dict = dict(at(server));
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(dict::pollEntry)
                    .withMessageContaining("Pottery needs Redis 6.2 or newer");
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(dict::size)
                    .withMessageContaining("Pottery needs Redis 6.2 or newer");
        }
    }

    @Test
    void aProxyThatKnowsNoScripts() {
        try (RedisServer server = RedisServer.with("rename-command", "EVALSHA", "")
                .with("rename-command", "HSET", "")
                .start()) {
            RedisDict<String, String> dict = PotteryFactory.create(connect(at(server), Duration.ofSeconds(5)))
                    .dict(key, String.class, String.class);
            for (String word : List.of(PASSWORD, "WRONGTYPE", "OOM", "NOSCRIPT", "MOVED")) {
                for (Runnable call : List.<Runnable>of(() -> dict.put(word, word), () -> dict.set(word, word))) {
                    assertThatExceptionOfType(PotteryException.class)
                            .isThrownBy(call::run)
                            .withMessageContainingAll(key, "Pottery needs Redis 6.2 or newer")
                            .satisfies(e -> assertThat(printed(e)).doesNotContain(word));
                }
            }
        }
    }

    @Test
    void aHostWhoseNameReadsLikeAnError() {
        assertFails(
                dict(new RedisStandaloneConfiguration("BEDROOM.invalid", 6379)),
                "BEDROOM.invalid",
                "cannot be reached");
    }

    @Test
    void connectionsThatAreClosed() {
        RedisDict<String, Integer> dict = dict(at(TestRedis.server()));
        connections.destroy();
        assertThatIllegalStateException()
                .isThrownBy(() -> dict.get("k"))
                .withMessageContainingAll(key, "cannot be used", "destroyed");
    }

    @Test
    void aPoolThatIsExhausted() throws InterruptedException {
        GenericObjectPoolConfig<StatefulConnection<?, ?>> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(1);
        connections = new LettuceConnectionFactory(
                at(TestRedis.server()),
                LettucePoolingClientConfiguration.builder().poolConfig(pool).build());
        connections.setShareNativeConnection(false);
        TestRedis.started(connections);
        RedisDict<String, Integer> dict = PotteryFactory.create(connections).dict(key, String.class, Integer.class);
        RedisConnection taken = connections.getConnection();
        taken.ping();

        List<Object> outcome = new CopyOnWriteArrayList<>();
        Thread waiting = new Thread(() -> {
            try {
                dict.get("k");
            } catch (PotteryException e) {
                outcome.addAll(List.of(e.getMessage(), Thread.currentThread().isInterrupted()));
            }
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        waiting.join(Duration.ofSeconds(30).toMillis());
        taken.close();

        assertThat(outcome).hasSize(2);
        assertThat(outcome.get(0)).asString().contains(key, "the pool gave no connection, so nothing was sent");
        assertThat(outcome.get(1)).as("interrupt flag").isEqualTo(true);
        dict.put("k", 1);
        assertThat(dict.get("k")).isEqualTo(1);
    }

    @Test
    void aNodeOfAClusterTakenForARedis() {
        try (RedisCluster cluster = RedisCluster.start(3)) {
            RedisDict<String, Integer> elsewhere = null;
            for (RedisServer node : cluster.nodes()) {
                disconnect();
                elsewhere = dict(at(node));
                try {
                    elsewhere.get("k");
                } catch (PotteryException moved) {
                    break;
                }
            }
            assertFails(elsewhere, "a node of a cluster", "spring.data.redis.cluster.nodes");
        }
    }

    static List<Consumer<RedisDict<String, Integer>>> dictCalls() {
        return List.of(
                dict -> dict.get("k"),
                dict -> dict.containsKey("k"),
                dict -> dict.size(),
                dict -> dict.set("k", 1),
                dict -> dict.put("k", 1),
                dict -> dict.putAll(Map.of("k", 1)),
                dict -> dict.putIfAbsent("k", 1),
                dict -> dict.replace("k", 1),
                dict -> dict.replace("k", 1, 2),
                dict -> dict.remove("k"),
                dict -> dict.remove("k", 1),
                dict -> dict.pollEntry(),
                dict -> dict.merge("k", 1, Integer::sum),
                dict -> dict.compute("k", (k, v) -> 1),
                dict -> dict.replaceAll((k, v) -> 1),
                dict -> dict.toMap(),
                dict -> dict.toString(),
                dict -> dict.hashCode(),
                dict -> dict.containsValue(1),
                dict -> dict.keySet().iterator().hasNext(),
                dict -> dict.keySet().remove("k"),
                dict -> dict.keySet().removeAll(List.of("k")),
                dict -> dict.keySet().retainAll(List.of("k")),
                dict -> dict.keySet().containsAll(List.of("k")),
                dict -> dict.values().remove(1),
                dict -> dict.values().removeIf(v -> true),
                dict -> dict.clear(),
                dict -> dict.keySet().clear());
    }

    @ParameterizedTest
    @MethodSource("dictCalls")
    void aKeyOfAnotherType(Consumer<RedisDict<String, Integer>> call) {
        TestRedis.server().execute("RPUSH", key, "x");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(TestRedis.pottery().dict(key, String.class, Integer.class)))
                .withMessageContaining("Expected a hash at '" + key + "', found a list");
        assertThat(TestRedis.server().execute("LRANGE", key, "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void aTransactionOfTheApplication() {
        StringRedisTemplate template = new StringRedisTemplate(TestRedis.connections());
        RedisDict<String, Integer> dict = TestRedis.pottery().dict(key, String.class, Integer.class);
        template.execute(new SessionCallback<Object>() {
            @Override
            @SuppressWarnings("unchecked")
            public <K, V> Object execute(RedisOperations<K, V> session) throws DataAccessException {
                session.multi();
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(() -> dict.set("k", 1))
                        .withMessageContainingAll(key, "transaction or pipeline", "nothing was sent");
                session.discard();
                return null;
            }
        });
        assertThat(dict).isEmpty();
    }

    private void assertFails(RedisDict<String, Integer> dict, String... parts) {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> dict.put("k", 1))
                .withMessageContaining("'" + key + "'")
                .satisfies(e -> assertThat(e).hasMessageContainingAll(parts))
                .satisfies(e -> assertThat(e).hasCauseInstanceOf(DataAccessException.class))
                .satisfies(e -> assertThat(printed(e)).doesNotContain(PASSWORD));
    }

    private static RedisStandaloneConfiguration at(RedisServer server) {
        return new RedisStandaloneConfiguration(server.host(), server.port());
    }

    private RedisDict<String, Integer> dict(RedisStandaloneConfiguration redis) {
        return dict(redis, Duration.ofSeconds(1));
    }

    private RedisDict<String, Integer> dict(RedisStandaloneConfiguration redis, Duration timeout) {
        return PotteryFactory.create(connect(redis, timeout)).dict(key, String.class, Integer.class);
    }

    private LettuceConnectionFactory connect(RedisStandaloneConfiguration redis, Duration timeout) {
        connections = TestRedis.started(new LettuceConnectionFactory(
                redis,
                LettuceClientConfiguration.builder()
                        .commandTimeout(timeout)
                        .shutdownTimeout(Duration.ZERO)
                        .build()));
        return connections;
    }

    private static String printed(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
