package io.pottery;

import static io.lettuce.core.ScriptOutputType.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.sync.RedisCommands;
import io.pottery.cache.RedisCache;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisSet;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Keyspace;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.testing.AclUser;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Walkthrough;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The users of docs/acl may do what Pottery does, and nothing else. */
class AclTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/io/pottery");
    private static final Pattern CALL = Pattern.compile("redis\\.p?call\\('(\\w+)'(?:, '(\\w+)')?");
    private static final Pattern USED = Pattern.compile("cmdstat_([^:]+):calls=[1-9]");

    private static final List<AclUser> USERS = List.of(AclUser.LOCKS, AclUser.APP);

    private static final List<Consumer<RedisCommands<String, String>>> FORBIDDEN = List.of(
            redis -> redis.get("secret"),
            redis -> redis.set("secret", "x"),
            redis -> redis.eval("return redis.call('GET', 'secret')", VALUE, "redlock:shop:x"),
            redis -> redis.publish("secret", "x"),
            RedisCommands::flushall,
            redis -> redis.keys("*"),
            redis -> redis.configGet("*"),
            RedisCommands::aclWhoami,
            RedisCommands::clientList,
            redis -> redis.info("clients"));

    @Test
    void mastersNeedAllOfItForLocksAndIds() throws Exception {
        List<RedisServer> servers = AclUser.LOCKS.options().start(3);
        servers.forEach(server -> server.execute("CONFIG", "RESETSTAT"));
        try (RedisMasters masters = masters(AclUser.LOCKS, servers);
                RedisMasters elsewhere = masters(AclUser.LOCKS, servers)) {
            PotteryFactory pottery = Servers.factory(masters);
            for (String name : List.of(TestRedis.freshKey(), TestRedis.freshKey() + "{tag}")) {
                Walkthrough.useLocks(pottery, name);
                Walkthrough.useIds(pottery, name);
            }
            String contended = TestRedis.freshKey();
            Redlock lock = pottery.redlock(contended);
            Lease lease = lock.acquire();
            CompletableFuture<AsyncLease> rival =
                    Servers.factory(elsewhere).redlock(contended).async().acquire();
            String mark = Keyspace.beside(lock.key(), "waiting");
            await().until(() -> servers.stream()
                    .allMatch(server -> server.execute("EXISTS", mark).equals(1L)));
            lease.close();
            rival.thenCompose(AsyncLease::close).get(10, TimeUnit.SECONDS);

            Redlock wrong = pottery.redlock(TestRedis.freshKey());
            servers.forEach(server -> server.execute("RPUSH", wrong.key(), "x"));
            assertThatExceptionOfType(WrongTypeException.class).isThrownBy(wrong::acquire);
        }
        assertUsed(AclUser.LOCKS, servers);
        servers.forEach(RedisServer::close);
    }

    @Test
    void anApplicationNeedsAllOfIt() throws Exception {
        try (RedisServer server = AclUser.APP.options().start()) {
            LettuceConnectionFactory connections = AclUser.APP.connect(server);
            PotteryFactory pottery = pottery(connections);
            for (String name : List.of(TestRedis.freshKey(), TestRedis.freshKey() + "{tag}")) {
                Walkthrough.useSets(pottery, name + "1", name + "2");
                Walkthrough.useLists(pottery, name);
                Walkthrough.useCounters(pottery, name);
                Walkthrough.useCaches(pottery, name);
                Walkthrough.useNearCaches(pottery, name);
                Walkthrough.useSketches(pottery, name);
                Walkthrough.useQueues(pottery, name + "q");
                Walkthrough.waitForElements(pottery, name + "q");
                Walkthrough.useTemporaryKeys(pottery);
                Walkthrough.useLocks(pottery, name);
                Walkthrough.useIds(pottery, name);
            }
            useTheRest(pottery, server);
            connections.destroy();
            assertUsed(AclUser.APP, List.of(server));
        }
    }

    /** What the walkthrough leaves out, because it takes a certain size, or something that others do. */
    private static void useTheRest(PotteryFactory pottery, RedisServer server) {
        RedisDict<Integer, Integer> dict = pottery.dict(TestRedis.freshKey(), Integer.class, Integer.class);
        dict.putAll(Map.of(1, 1, 2, 2));
        dict.replaceAll((key, value) -> value + 1);
        assertThat(dict.keySet().retainAll(Set.of(1))).isTrue();
        assertThat(dict.entrySet().iterator()).toIterable().containsExactly(Map.entry(1, 2));

        RedisSet<Integer> set = pottery.set(TestRedis.freshKey(), Integer.class);
        set.add(1);
        assertThat(set.unionInto(set, set)).isEqualTo(1);

        RedisSimpleQueue<Integer> queue = pottery.queue(
                TestRedis.freshKey(),
                pottery.json(Integer.class),
                QueueOptions.defaults().withVisibilityTimeout(Duration.ofMillis(100)));
        queue.add(1);
        server.execute("XGROUP", "CREATECONSUMER", queue.key(), "pottery", "gone");
        await().until(() -> {
            queue.poll();
            return !String.valueOf(server.execute("XINFO", "CONSUMERS", queue.key(), "pottery"))
                    .contains("gone");
        });

        FutureTask<Integer> taker = new FutureTask<>(pottery.queue(TestRedis.freshKey(), Integer.class)::take);
        new Thread(taker).start();
        await().until(() -> hasBlockedClients(server));
        taker.cancel(true);
        await().until(() -> !hasBlockedClients(server));
    }

    private static boolean hasBlockedClients(RedisServer server) {
        return !String.valueOf(server.execute("INFO", "clients")).contains("\nblocked_clients:0");
    }

    @ParameterizedTest
    @FieldSource("USERS")
    void nothingElseIsAllowed(AclUser user) {
        try (RedisServer server = user.options().start();
                RedisClient client = RedisClient.create(user.uri(server))) {
            RedisCommands<String, String> redis = client.connect().sync();
            for (Consumer<RedisCommands<String, String>> forbidden : FORBIDDEN) {
                server.execute("ACL", "LOG", "RESET");
                assertThatExceptionOfType(RedisCommandExecutionException.class)
                        .isThrownBy(() -> forbidden.accept(redis))
                        .withMessageMatching(
                                "NOPERM .*|.*ACL failure in script.*|.*The user executing the script can't.*");
                assertThat(AclUser.refusals(server)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptsRunOnlyWhatIsAllowed(Path script) {
        String text = read(script);
        List<String> commands = CALL.matcher(text)
                .results()
                .map(call -> List.of("XGROUP", "XINFO").contains(call.group(1))
                        ? call.group(1) + "|" + call.group(2)
                        : call.group(1))
                .map(command -> command.toLowerCase(Locale.ROOT))
                .toList();
        assertThat(AclUser.APP.commands()).containsAll(commands);
        if (script.startsWith(SCRIPTS.resolve("id"))
                || script.startsWith(SCRIPTS.resolve("lock")) && !text.contains("'HSET'")) { // which is a FencedValue's
            assertThat(AclUser.LOCKS.commands()).containsAll(commands);
        }
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".lua")).toList();
        }
    }

    /** Here a server takes one of them. */
    @Test
    void theFilesDifferInWhatClientsTellOfThemselves() {
        List<List<String>> files = Stream.of("6.2", "7.0", "7.2")
                .map(version -> read(Path.of("../docs/acl/redis-%s.acl".formatted(version))))
                .map(text -> text.replaceAll(" \\+client\\|(setinfo|maint_notifications)", ""))
                .map(text -> text.lines().toList())
                .toList();
        assertThat(files.get(0))
                .startsWith("user default off")
                .hasSize(2 + USERS.size())
                .allMatch(user -> user.matches("user (default off|\\S+ on #SHA256_OF_PASSWORD .*)"));
        assertThat(files).allMatch(files.get(0)::equals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+eval", "+evalsha", "+get", "+set", "+time", "~redlock:*", "~{redlock:*}:fence", "~nextid:*"})
    void locksAndIdsSayWhatTheyMayNot(String rule) {
        String name = TestRedis.freshKey();
        withLocks(
                AclUser.LOCKS.without(rule),
                pottery -> assertRefused(name, () -> {
                    pottery.redlock(name).acquire().close();
                    pottery.redlock(name).acquire().close();
                    pottery.nextId(name).nextLong();
                }));
    }

    @Test
    void whatReadsFirstDoesNotTakeARefusalForAnotherType() {
        String name = TestRedis.freshKey();
        withLocks(AclUser.LOCKS.without("+get"), pottery -> {
            assertRefused(name, () -> pottery.redlock(name).acquire());
            assertRefused(name, () -> pottery.redlock(name).isLocked());
            assertRefused(name, () -> pottery.nextId(name).nextLong());
            assertRefused(name, () -> pottery.nextId(name).reset());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"+publish", "+subscribe", "+unsubscribe", "&redlock:*", "+info|server", "+ping"})
    void withoutSomeRulesLocksOnlyTakeLonger(String rule) {
        withLocks(AclUser.LOCKS.without(rule), pottery -> Walkthrough.useLocks(pottery, TestRedis.freshKey()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+subscribe", "+unsubscribe", "+client|id", "+client|unblock"})
    void withoutSomeRulesQueuesOnlyTakeLonger(String rule) {
        withContainers(
                AclUser.APP.without(rule), pottery -> Walkthrough.waitForElements(pottery, TestRedis.freshKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+hget",
                "+exists",
                "+hset",
                "+eval",
                "+xpending",
                "+xreadgroup",
                "+publish",
                "&shop:*",
                "~shop:*"
            })
    void containersSayWhatTheyMayNot(String rule) {
        withContainers(AclUser.APP.without(rule), pottery -> {
            RedisDict<String, String> dict = pottery.dict(TestRedis.freshKey(), String.class, String.class);
            RedisSimpleQueue<String> queue = pottery.queue(TestRedis.freshKey(), String.class);
            RedisCache<String, String> cache = pottery.cache(TestRedis.freshKey(), String.class, String.class);
            assertRefused("shop:test:", () -> {
                dict.populate(Map.of("stored", "secret"));
                dict.put("stored", "secret");
                queue.add("secret");
                queue.poll();
                cache.clear();
            });
        });
    }

    private static void assertRefused(String key, ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(call)
                .withMessageContainingAll(key, "the Redis user may not do this (", "docs/acl", "ACL LOG")
                .withMessageNotContainingAny("secret", "script:");
    }

    /** Has {@code work} use a factory whose three masters know it as {@code user}. */
    private static void withLocks(AclUser user, ThrowingConsumer<PotteryFactory> work) {
        List<RedisServer> servers = user.options().start(3);
        try (RedisMasters masters = masters(user, servers)) {
            work.accept(Servers.factory(masters));
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    /** Has {@code work} use a factory whose Redis knows it as {@code user}. */
    private static void withContainers(AclUser user, ThrowingConsumer<PotteryFactory> work) {
        try (RedisServer server = user.options().start()) {
            LettuceConnectionFactory connections = user.connect(server);
            work.accept(pottery(connections));
            connections.destroy();
        }
    }

    private static PotteryFactory pottery(LettuceConnectionFactory connections) {
        return PotteryFactory.builder(connections).keyPrefix("shop:").build();
    }

    private static RedisMasters masters(AclUser user, List<RedisServer> servers) {
        return RedisMasters.of(servers.stream().map(user::uri).toArray(String[]::new));
    }

    /** Asserts that {@code user} was refused nothing, and needed all that it may do. */
    private static void assertUsed(AclUser user, List<RedisServer> servers) {
        Set<String> used = servers.stream()
                .flatMap(server -> USED.matcher(String.valueOf(server.execute("INFO", "commandstats")))
                        .results())
                .map(command -> command.group(1))
                .collect(Collectors.toSet());
        assertThat(servers).flatMap(AclUser::refusals).isEmpty();
        assertThat(user.commands())
                .filteredOn(command -> !used.contains(command) && !used.contains(main(command)))
                .as("unused")
                .isEmpty();
    }

    /** Some servers count a command with all its subcommands. */
    private static String main(String command) {
        return command.replaceFirst("\\|.*", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
