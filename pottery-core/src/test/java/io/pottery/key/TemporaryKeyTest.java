package io.pottery.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.pottery.PotteryFactory;
import io.pottery.codec.JsonCodecs;
import io.pottery.collection.RedisDict;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.SystemTimer;
import io.pottery.internal.redis.TemporaryKeys;
import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.BloomFilterOptions;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisCluster;
import io.pottery.testredis.RedisServer;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class TemporaryKeyTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration ALWAYS = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The JVM that is killed: it writes to a temporary key and stays. */
    static final class Writer {
        public static void main(String[] arguments) throws InterruptedException {
            PotteryFactory pottery = PotteryFactory.create(
                    TestRedis.connect(new RedisStandaloneConfiguration(arguments[0], Integer.parseInt(arguments[1]))));
            TemporaryKey key = pottery.temporaryKey();
            pottery.dict(key.name(), String.class, Integer.class).put("k", 1);
            System.out.println(key.name());
            Thread.currentThread().join();
        }
    }

    /** A factory's inside, whose timer runs as often as told. */
    private static final class Temporaries {

        private final TemporaryKeys keys;
        private final Keyspace keyspace;

        Temporaries(RedisConnectionFactory connections, String prefix, Supplier<String> ids, Duration period) {
            this.keys = new TemporaryKeys(ids, period, new SystemTimer());
            this.keyspace = new Keyspace(connections, prefix, keys, true);
        }

        Temporaries(Duration period) {
            this(TestRedis.connections(), "", () -> UUID.randomUUID().toString(), period);
        }

        TemporaryKey open() {
            return new TemporaryKey(keyspace.temporaryKey());
        }

        RedisDict<String, Integer> dict(TemporaryKey key) {
            return dict(key.name());
        }

        RedisDict<String, Integer> dict(String name) {
            JsonCodecs codecs = JsonCodecs.ofClassPath();
            return new RedisDict<>(
                    keyspace.key(DataType.HASH, name),
                    codecs.of(String.class),
                    codecs.of(Integer.class),
                    InefficientAccessListener.ignore());
        }
    }

    private final Temporaries temporaries = new Temporaries(NEVER);

    @Test
    void isDeletedWhenItIsClosed() {
        String name;
        try (TemporaryKey key = TestRedis.pottery().temporaryKey()) {
            name = key.name();
            assertThat(name).matches("pottery:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(key).hasToString("TemporaryKey[" + name + "]");
            TestRedis.pottery().dict(name, String.class, Integer.class).put("k", 1);
            assertThat(exists(name)).isTrue();
        }
        assertThat(exists(name)).isFalse();
    }

    @Test
    void isDeletedWhateverItHolds() {
        TemporaryKey key = temporaries.open();
        TestRedis.server().execute("RPUSH", key.name(), "x");
        key.close();
        assertThat(exists(key.name())).isFalse();
    }

    @Test
    void closesOnce() {
        TemporaryKey key = temporaries.open();
        key.close();
        TestRedis.server().execute("SET", key.name(), "another's");
        key.close();
        assertThat(exists(key.name())).isTrue();
    }

    @Test
    void isDeletedByAnInterruptedThreadThatStaysInterrupted() {
        TemporaryKey key = temporaries.open();
        temporaries.dict(key).put("k", 1);
        Thread.currentThread().interrupt();
        key.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(exists(key.name())).isFalse();
    }

    @Test
    void whatIsBesideItIsRenewedWithIt() {
        TemporaryKey key = temporaries.open();
        JsonCodecs codecs = JsonCodecs.ofClassPath();
        BloomFilter<Integer> filter = new BloomFilter<>(
                temporaries.keyspace.key(DataType.STRING, key.name()),
                codecs.of(Integer.class),
                new BloomFilterOptions(100, 0.01),
                codecs.of(BloomFilterOptions.class),
                InefficientAccessListener.ignore());
        filter.add(1);
        for (String each : List.of(key.name(), "{" + key.name() + "}:parameters")) {
            TestRedis.server().execute("PEXPIRE", each, "30000");
            temporaries.keys.renew();
            assertThat((Long) TestRedis.server().execute("PTTL", each)).isGreaterThan(30_000);
        }
        key.close();
    }

    static List<Consumer<RedisDict<String, Integer>>> writes() {
        return List.of(
                dict -> dict.set("k", 1),
                dict -> dict.put("k", 1),
                dict -> dict.putAll(many()),
                dict -> dict.putIfAbsent("k", 1),
                dict -> dict.merge("k", 1, Integer::sum),
                dict -> dict.compute("k", (k, v) -> 1),
                dict -> dict.computeIfAbsent("k", k -> 1),
                dict -> dict.populate(Map.of("k", 1)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void hasAnEndFromTheFirstWriteOn(Consumer<RedisDict<String, Integer>> write) {
        try (TemporaryKey key = temporaries.open()) {
            RedisDict<String, Integer> dict = temporaries.dict(key);
            assertThat(dict.isEmpty()).isTrue();
            write.accept(dict);
            assertEndsWithinAMinute(TestRedis.server(), key.name());
        }
    }

    @Test
    void hasAnEndAgainOnceItIsFilledAgain() {
        try (TemporaryKey key = temporaries.open()) {
            RedisDict<String, Integer> dict = temporaries.dict(key);
            dict.put("k", 1);
            dict.remove("k");
            assertThat(exists(key.name())).isFalse();
            dict.put("k", 1);
            await().untilAsserted(() -> assertEndsWithinAMinute(TestRedis.server(), key.name()));
        }
    }

    @Test
    void hasAnEndBeforeALongWriteIsDone() {
        LettuceConnectionFactory connections = TestRedis.connect(TestRedis.server());
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        connections.getRequiredNativeClient().addListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                sent.add(event.getCommand().getType().toString());
            }
        });
        Temporaries counted =
                new Temporaries(connections, "", () -> UUID.randomUUID().toString(), NEVER);
        try (TemporaryKey key = counted.open()) {
            counted.dict(key).putAll(many());
            assertThat(sent).containsSubsequence("EXISTS", "HSET", "PEXPIRE", "HSET", "HSET");
        } finally {
            connections.destroy();
        }
    }

    @Test
    void isRenewedWhileItIsOpen() {
        try (TemporaryKey key = temporaries.open()) {
            RedisDict<String, Integer> dict = temporaries.dict(key);
            dict.put("k", 1);
            endSoon(key.name());
            temporaries.keys.renew();
            assertRenewed(key.name());
            assertThat(dict).containsExactly(Map.entry("k", 1));
        }
    }

    @Test
    void isRenewedByTheTimer() {
        Temporaries timed = new Temporaries(ALWAYS);
        try (TemporaryKey key = timed.open()) {
            timed.dict(key).put("k", 1);
            for (int i = 0; i < 3; i++) {
                endSoon(key.name());
                await().untilAsserted(() -> assertRenewed(key.name()));
            }
        }
    }

    @Test
    void isNotRenewedOnceNobodyCanReachIt() {
        List<WeakReference<?>> dropped = new ArrayList<>();
        String name = droppedKey(dropped).dropContainer();
        awaitCollected(dropped);
        endSoon(name);
        temporaries.keys.renew();
        assertThat(millisToLive(TestRedis.server(), name)).isBetween(1L, SOON.toMillis());
    }

    @Test
    void isRenewedWhileAContainerIsReachable() {
        List<WeakReference<?>> dropped = new ArrayList<>();
        Dropped held = droppedKey(dropped);
        awaitCollected(dropped);
        endSoon(held.dict.key());
        temporaries.keys.renew();
        assertRenewed(held.dict.key());
        assertThat(held.dict).containsExactly(Map.entry("k", 1));
    }

    @Test
    void aKilledProcessLeavesItForAMinuteAtMost() throws IOException {
        RedisServer server = TestRedis.server();
        Process jvm = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        server.host(),
                        String.valueOf(server.port()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String name = jvm.inputReader().readLine();
        jvm.destroyForcibly();
        assertThat(jvm.onExit()).succeedsWithin(Duration.ofSeconds(30));
        assertEndsWithinAMinute(server, name);
    }

    @Test
    void aNameThatTheUserChoseIsLeftAlone() {
        String name = "pottery:" + TestRedis.freshKey();
        try (TemporaryKey key = temporaries.open()) {
            temporaries.dict(key).put("k", 1);
            temporaries.dict(name).put("k", 1);
            temporaries.keys.renew();
        }
        temporaries.dict(name).put("k", 2);
        assertThat(millisToLive(TestRedis.server(), name)).isEqualTo(-1);
        temporaries.dict(name).clear();
    }

    @Test
    void refusesCallsAfterItWasClosed() {
        TemporaryKey key = temporaries.open();
        RedisDict<String, Integer> before = temporaries.dict(key);
        before.put("k", 1);
        key.close();
        RedisDict<String, Integer> after = temporaries.dict(key);
        for (RedisDict<String, Integer> dict : List.of(before, after)) {
            for (Runnable call : List.<Runnable>of(
                    () -> dict.put("k", 1), () -> dict.putAll(many()), dict::size, dict::clear, dict::toMap)) {
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(call::run)
                        .withMessageContaining(
                                "'" + key.name() + "' was temporary and has been closed: nothing was sent");
            }
        }
        assertThat(exists(key.name())).isFalse();
    }

    @Test
    void aWriteThatIsUnderWayWhenItIsClosedLeavesItForAMinuteAtMost() {
        for (int i = 0; i < 20; i++) {
            TemporaryKey key = temporaries.open();
            RedisDict<String, Integer> dict = temporaries.dict(key);
            dict.put("k", 1);
            Threads.run(4, thread -> {
                if (thread == 0) {
                    dict.put("k", 2);
                    key.close();
                    return;
                }
                assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> {
                    while (true) {
                        dict.put("k", thread);
                    }
                });
            });
            await().untilAsserted(() ->
                    assertThat(millisToLive(TestRedis.server(), key.name())).isNotEqualTo(-1));
        }
    }

    @Test
    void triesOtherNamesWhereOneIsTaken() {
        List<String> ids = freshIds(3);
        TestRedis.server().execute("SET", "pottery:" + ids.get(0), "another's");
        Iterator<String> next = List.of(ids.get(0), ids.get(1), ids.get(1), ids.get(0), ids.get(2))
                .iterator();
        Temporaries colliding = new Temporaries(TestRedis.connections(), "", next::next, NEVER);
        TemporaryKey first = colliding.open();
        assertThat(first.name()).isEqualTo("pottery:" + ids.get(1));
        assertThat(colliding.open().name())
                .as("an open key that was not written to is taken, too")
                .isEqualTo("pottery:" + ids.get(2));
        first.close();
    }

    @Test
    void givesUpWhereThreeNamesAreTaken() {
        String id = freshIds(1).get(0);
        TestRedis.server().execute("SET", "pottery:" + id, "another's");
        Temporaries colliding = new Temporaries(TestRedis.connections(), "", () -> id, NEVER);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(colliding::open)
                .withMessageContaining("No name for a temporary key was free in 3 tries");
        assertThat(TestRedis.server().execute("GET", "pottery:" + id)).isEqualTo("another's");
    }

    @Test
    void standsBehindThePrefix() {
        PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                .keyPrefix("app:")
                .build();
        String name;
        try (TemporaryKey key = pottery.temporaryKey()) {
            name = key.name();
            assertThat(name).startsWith("pottery:");
            RedisDict<String, Integer> dict = pottery.dict(name, String.class, Integer.class);
            dict.put("k", 1);
            assertThat(dict.key()).isEqualTo("app:" + name);
            assertEndsWithinAMinute(TestRedis.server(), "app:" + name);
        }
        assertThat(exists("app:" + name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsThreadIsADaemonThatEndsWhenNothingIsOpen(boolean closed) {
        Set<Thread> others = timers();
        TemporaryKey[] key = {new Temporaries(ALWAYS).open()};
        Set<Thread> timer = timers();
        timer.removeAll(others);
        assertThat(timer).singleElement().matches(Thread::isDaemon, "is a daemon");

        if (closed) {
            key[0].close();
        } else {
            key[0] = null;
        }
        await().untilAsserted(() -> {
            System.gc();
            assertThat(timer).noneMatch(Thread::isAlive);
        });
    }

    @Test
    void itsThreadComesBackWithTheNextKey() {
        Temporaries timed = new Temporaries(ALWAYS);
        Set<Thread> others = timers();
        timed.open().close();
        await().until(() -> others.containsAll(timers()));
        try (TemporaryKey key = timed.open()) {
            timed.dict(key).put("k", 1);
            endSoon(key.name());
            await().untilAsserted(() -> assertRenewed(key.name()));
        }
    }

    @Test
    void outlivesAnOutage() {
        try (RedisServer server = RedisServer.with("appendonly", "yes")
                .with("appendfsync", "always")
                .start()) {
            LettuceConnectionFactory connections = TestRedis.started(new LettuceConnectionFactory(
                    new RedisStandaloneConfiguration(server.host(), server.port()),
                    LettuceClientConfiguration.builder()
                            .commandTimeout(Duration.ofSeconds(1))
                            .shutdownTimeout(Duration.ZERO)
                            .build()));
            Temporaries timed =
                    new Temporaries(connections, "", () -> UUID.randomUUID().toString(), ALWAYS);
            TemporaryKey key = timed.open();
            try {
                timed.dict(key).put("k", 1);
                server.pause();
                timed.keys.renew(); // waits for its own timeout, while the timer's pass fails
                timed.keys.renew();
                server.resume();
                server.kill();
                timed.keys.renew();
                timed.keys.renew();
                server.restart();
                server.execute("PEXPIRE", key.name(), String.valueOf(SOON.toMillis()));
                await().atMost(SOON.dividedBy(2))
                        .untilAsserted(() ->
                                assertThat(millisToLive(server, key.name())).isGreaterThan(SOON.toMillis()));
                server.kill();
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(key::close)
                        .withMessageContaining(key.name());
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void worksOnJedis() {
        JedisConnectionFactory connections = new JedisConnectionFactory(new RedisStandaloneConfiguration(
                TestRedis.server().host(), TestRedis.server().port()));
        connections.afterPropertiesSet();
        connections.start();
        Temporaries onJedis =
                new Temporaries(connections, "", () -> UUID.randomUUID().toString(), NEVER);
        try (TemporaryKey key = onJedis.open()) {
            RedisDict<String, Integer> dict = onJedis.dict(key);
            dict.put("k", 1);
            dict.remove("k");
            dict.putAll(many());
            assertEndsWithinAMinute(TestRedis.server(), key.name());
            assertThat(dict).hasSize(many().size());
        } finally {
            connections.destroy();
        }
    }

    @Test
    void worksOnACluster() {
        try (RedisCluster cluster = RedisCluster.start(3)) {
            RedisClusterConfiguration redis = new RedisClusterConfiguration();
            cluster.nodes().forEach(node -> redis.addClusterNode(new RedisNode(node.host(), node.port())));
            LettuceConnectionFactory connections =
                    TestRedis.started(new LettuceConnectionFactory(redis, TestRedis.clientOptions()));
            Temporaries onCluster =
                    new Temporaries(connections, "", () -> UUID.randomUUID().toString(), NEVER);
            try (TemporaryKey key = onCluster.open()) {
                RedisDict<String, Integer> dict = onCluster.dict(key);
                dict.putAll(many());
                assertThat(dict.timeToLive())
                        .hasValueSatisfying(ttl -> assertThat(ttl).isLessThanOrEqualTo(Duration.ofMinutes(1)));
                dict.clear();
                dict.put("k", 1);
                await().untilAsserted(() -> assertThat(dict.timeToLive()).isPresent());
                onCluster.keys.renew();
                assertThat(dict).hasSize(1);
            } finally {
                connections.destroy();
            }
        }
    }

    /** A container whose temporary key nobody holds any more. */
    private record Dropped(RedisDict<String, Integer> dict, List<WeakReference<?>> dropped) {

        /** Gives up the container as well; returns its name. */
        String dropContainer() {
            dropped.add(new WeakReference<>(dict));
            return dict.key();
        }
    }

    private Dropped droppedKey(List<WeakReference<?>> dropped) {
        TemporaryKey key = temporaries.open();
        RedisDict<String, Integer> dict = temporaries.dict(key);
        dict.put("k", 1);
        dropped.add(new WeakReference<>(key));
        return new Dropped(dict, dropped);
    }

    private static void awaitCollected(List<WeakReference<?>> dropped) {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(dropped.stream().filter(each -> each.get() != null).count())
                    .isZero();
        });
    }

    private static Map<String, Integer> many() {
        return IntStream.range(0, 3_000).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));
    }

    private static List<String> freshIds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
    }

    private static void endSoon(String key) {
        TestRedis.server().execute("PEXPIRE", key, String.valueOf(SOON.toMillis()));
    }

    private static void assertRenewed(String key) {
        assertThat(millisToLive(TestRedis.server(), key)).isBetween(SOON.toMillis() + 1, 60_000L);
    }

    private static void assertEndsWithinAMinute(RedisServer server, String key) {
        assertThat(millisToLive(server, key)).isBetween(1L, 60_000L);
    }

    private static long millisToLive(RedisServer server, String key) {
        return Long.parseLong(String.valueOf(server.execute("PTTL", key)));
    }

    private static boolean exists(String key) {
        return String.valueOf(TestRedis.server().execute("EXISTS", key)).equals("1");
    }

    private static Set<Thread> timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("pottery-timer"))
                .collect(Collectors.toSet());
    }
}
