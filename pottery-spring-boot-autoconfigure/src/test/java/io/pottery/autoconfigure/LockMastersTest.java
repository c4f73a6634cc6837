package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.lock.Lease;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Locks over masters that the properties name, while the application's own Redis is down. */
class LockMastersTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(3);

    private final String name = UUID.randomUUID().toString();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("spring.data.redis.port=1")
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class, DataRedisAutoConfiguration.class, PotteryAutoConfiguration.class));

    @AfterAll
    static void stopRedis() {
        SERVERS.forEach(RedisServer::close);
    }

    @Test
    void mastersAreNamedByUrl() {
        application.withPropertyValues(urls(SERVERS)).run(this::assertThatLocksAreOnAllServers);
    }

    @Test
    void mastersAreNamedByHostAndPort() {
        application
                .withPropertyValues(each(SERVERS, "host", RedisServer::host))
                .withPropertyValues(each(SERVERS, "port", RedisServer::port))
                .run(this::assertThatLocksAreOnAllServers);
    }

    @Test
    void mastersAreNamedByTheEnvironment() {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (int i = 0; i < SERVERS.size(); i++) {
            variables.put("POTTERY_LOCK_MASTERS_%d_URL".formatted(i), url(SERVERS.get(i)));
        }
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)))
                .run(this::assertThatLocksAreOnAllServers);
    }

    @Test
    void aMinorityMayBeDown() {
        application
                .withPropertyValues(urls(SERVERS.subList(0, 2)))
                .withPropertyValues("pottery.lock.masters[2].host=127.0.0.1", "pottery.lock.masters[2].port=1")
                .run(context -> take(context).close());
    }

    @Test
    void thePasswordIsSent() {
        try (RedisServer guarded =
                RedisServer.with("requirepass", "open sesame").start()) {
            for (String[] properties : List.of(
                    new String[] {"url=redis://:open%20sesame@127.0.0.1:" + guarded.port()},
                    new String[] {"host=127.0.0.1", "port=" + guarded.port(), "password=open sesame"})) {
                application
                        .withPropertyValues(first(properties))
                        .run(context -> take(context).close());
            }
        }
    }

    @Test
    void theUserIsLoggedInAndTheDatabaseSelected() {
        try (RedisServer server = RedisServer.start()) {
            server.execute("ACL", "SETUSER", "jack", "on", ">sape", "+@all", "~*", "&*");
            server.execute("ACL", "SETUSER", "default", "-@write");
            for (String[] properties : List.of(
                    new String[] {"url=redis://jack:sape@127.0.0.1:%d/4".formatted(server.port())}, new String[] {
                        "host=127.0.0.1", "port=" + server.port(), "username=jack", "password=sape", "database=4"
                    })) {
                application.withPropertyValues(first(properties)).run(context -> {
                    try (Lease lease = take(context)) {
                        assertThat(lease.isValid()).isTrue();
                        assertThat(server.execute("INFO", "keyspace"))
                                .asString()
                                .contains("db4:")
                                .doesNotContain("db0:");
                    }
                });
            }
        }
    }

    @Test
    void aWrongPasswordIsNamedByItsPropertyAndNotShown() {
        try (RedisServer guarded =
                RedisServer.with("requirepass", "open sesame").start()) {
            application
                    .withPropertyValues(first(
                            "host=127.0.0.1", "port=" + guarded.port(), "username=default", "password=open barley"))
                    // Once in a while Lettuce closes the connection before it passes on why.
                    .run(context -> await().untilAsserted(() -> assertThatExceptionOfType(
                                    QuorumIsImpossibleException.class)
                            .isThrownBy(() -> take(context))
                            .withMessageContaining("masters[0] (127.0.0.1:%d)".formatted(guarded.port()))
                            .withMessageContaining("pottery.lock.masters[0].username and .password")
                            .satisfies(thrown ->
                                    assertThat(Throwables.getStackTrace(thrown)).doesNotContain("barley"))));
        }
    }

    @Test
    void theApplicationsOwnConnectionsAreUntouched() {
        application.withPropertyValues(urls(SERVERS)).run(context -> {
            RedisConnectionFactory own = context.getBean("redisConnectionFactory", RedisConnectionFactory.class);
            assertThat(context).hasSingleBean(RedisConnectionFactory.class);
            assertThat(context).hasSingleBean(ReactiveRedisConnectionFactory.class);
            assertThat(context.getBeanFactory().getBeanNamesForType(RedisConnectionFactory.class, true, false))
                    .containsExactly("redisConnectionFactory");
            assertThat(context.getBean(StringRedisTemplate.class).getConnectionFactory())
                    .isSameAs(own);
            assertThat(context.getBean(PotteryFactory.class)
                            .dict("any", String.class, String.class)
                            .redis()
                            .getConnectionFactory())
                    .isSameAs(own);
        });
    }

    @Test
    void noMasterIsConnectedToAtStart() {
        try (RedisServer server = RedisServer.start()) {
            long before = connections(server);
            application
                    .withPropertyValues(first("url=" + url(server)))
                    .run(context -> assertThat(masters(context).size()).isEqualTo(1));
            assertThat(connections(server)).isEqualTo(before + 1); // the one that asks
        }
    }

    @Test
    void theApplicationStartsWhileAllMastersAreDown() {
        application
                .withPropertyValues("pottery.lock.masters[0].url=redis://127.0.0.1:1")
                .withPropertyValues("pottery.lock.masters[1].url=redis://127.0.0.1:2")
                .withPropertyValues("pottery.lock.masters[2].url=redis://127.0.0.1:3")
                .run(context -> assertThatExceptionOfType(QuorumIsImpossibleException.class)
                        .isThrownBy(() -> take(context))
                        .withMessageContaining("2 of 3 masters failed")
                        .withMessageContaining("Connection refused"));
    }

    @Test
    void theMastersAreClosedWithTheContext() {
        List<PotteryFactory> left = new ArrayList<>();
        application.withPropertyValues(urls(SERVERS)).run(context -> {
            left.add(context.getBean(PotteryFactory.class));
            take(context).close();
            assertThat(SERVERS).allSatisfy(server -> await().until(() -> clients(server) > 1));
        });
        assertThat(SERVERS).allSatisfy(server -> await().until(() -> clients(server) == 1));
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> left.get(0).redlock(name).acquire());
    }

    @Test
    void theThreadsOfTheApplicationsConnectionsAreShared() {
        application
                .withUserConfiguration(RecordedChannels.class)
                .withPropertyValues(urls(SERVERS))
                .run(context -> {
                    take(context).close();
                    assertThat(context.getBean(RecordedChannels.class).channels).isNotEmpty();
                });
    }

    @Test
    void mastersHaveThreadsOfTheirOwnIfTheApplicationsHaveNone() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PotteryAutoConfiguration.class))
                .withUserConfiguration(OwnConnections.class)
                .withPropertyValues(urls(SERVERS))
                .run(context -> take(context).close());
    }

    @Test
    void customizersOfMastersAreAppliedInTheirOrder() {
        application
                .withUserConfiguration(Customizers.class)
                .withPropertyValues(urls(SERVERS.subList(0, 2)))
                .run(context -> {
                    take(context).close();
                    assertThat(context.getBean(Customizers.class).calls)
                            .containsOnlyOnce("application's")
                            .filteredOn(call -> !call.equals("application's"))
                            .containsExactly(
                                    "first pottery.lock.masters[0]",
                                    "second pottery.lock.masters[0]",
                                    "first pottery.lock.masters[1]",
                                    "second pottery.lock.masters[1]");
                });
    }

    @Test
    void theTimeoutIsThatOfTheUrlElseTheProperty() {
        List<Duration> timeouts = new ArrayList<>();
        application
                .withBean(
                        LockMasterClientOptionsCustomizer.class,
                        () -> (master, options) ->
                                timeouts.add(options.build().getSocketOptions().getConnectTimeout()))
                .withPropertyValues(
                        "pottery.lock.masters[0].url=redis://a",
                        "pottery.lock.masters[1].url=redis://b",
                        "pottery.lock.masters[1].timeout=250ms",
                        "pottery.lock.masters[2].url=redis://c?timeout=3s",
                        "pottery.lock.masters[3].host=d",
                        "pottery.lock.masters[4].host=e",
                        "pottery.lock.masters[4].timeout=2s")
                .run(context -> assertThat(timeouts)
                        .containsExactly(
                                Duration.ofSeconds(1),
                                Duration.ofMillis(250),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2)));
    }

    @Test
    void hostsAreNamesAndAddresses() {
        application
                .withPropertyValues(
                        "pottery.lock.masters[0].host=redis_1",
                        "pottery.lock.masters[1].host=redis.example.com",
                        "pottery.lock.masters[2].host=10.0.0.1",
                        "pottery.lock.masters[3].host=fe80::1:a%eth0",
                        "pottery.lock.masters[4].host=[::1]",
                        "pottery.lock.masters[5].url=redis://[::2]:7000",
                        "pottery.lock.masters[6].url=rediss://10.0.0.2")
                .run(context -> assertThat(masters(context))
                        .asString()
                        .contains("(redis_1:6379)", "(redis.example.com:6379)", "(10.0.0.1:6379)", "([::2]:7000)"));
    }

    @Test
    void theApplicationsOwnMastersWin() {
        application
                .withUserConfiguration(OwnMasters.class)
                .withPropertyValues("pottery.lock.masters[0].url=redis://127.0.0.1:1")
                .run(context -> {
                    assertThat(masters(context)).isSameAs(context.getBean("ownMasters"));
                    assertThatLocksAreOnAllServers(context);
                });
    }

    @Test
    void mastersOfAnotherStarterWin() {
        application
                .withConfiguration(AutoConfigurations.of(StartersMasters.class))
                .run(this::assertThatLocksAreOnAllServers);
    }

    @AutoConfiguration(after = PotteryAutoConfiguration.class)
    static class StartersMasters {

        @Bean
        @ConditionalOnMissingBean
        RedisMasters startersMasters() {
            return RedisMasters.of(SERVERS.stream().map(LockMastersTest::url).toArray(String[]::new));
        }
    }

    @Test
    void connectionDetailsTakeThePlaceOfTheProperties() {
        application
                .withBean(
                        PotteryLockConnectionDetails.class,
                        () -> () -> SERVERS.stream()
                                .map(server -> PotteryProperties.Master.at(url(server)))
                                .toList())
                .withPropertyValues("pottery.lock.masters[0].url=redis://127.0.0.1:1")
                .run(this::assertThatLocksAreOnAllServers);
        application
                .withBean(
                        PotteryLockConnectionDetails.class,
                        () -> () -> SERVERS.stream()
                                .map(server -> PotteryProperties.Master.at(url(server)))
                                .toList())
                .run(this::assertThatLocksAreOnAllServers);
    }

    @Test
    void connectionDetailsWithoutMastersAreRefused() {
        application
                .withBean(PotteryLockConnectionDetails.class, () -> List::of)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("PotteryLockConnectionDetails bean, and it has no masters"));
    }

    @Test
    void thereAreNoneUnlessTheyAreConfigured() {
        application.run(context ->
                assertThat(masters(context).names()).singleElement().asString().startsWith("the application's Redis"));
        application
                .withPropertyValues("pottery.lock.masters=")
                .run(context -> assertThat(masters(context).names())
                        .singleElement()
                        .asString()
                        .startsWith("the application's Redis"));
    }

    @Test
    void thereAreNoneWithoutLettuce() {
        application
                .withClassLoader(new FilteredClassLoader("io.lettuce"))
                .withPropertyValues(urls(SERVERS))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisMasters.class));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void itIsSaidOnceThatTheApplicationsRedisIsTheOnlyMaster(CapturedOutput output) {
        application.run(context ->
                assertThat(context.getBean(PotteryFactory.class)).isSameAs(context.getBean("potteryFactory")));
        assertThat(output).containsOnlyOnce("The application's Redis is the only master for locks and ids: name");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void itIsNotSaidOfOtherMasters(CapturedOutput output) {
        application
                .withPropertyValues(urls(SERVERS))
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withUserConfiguration(OwnMasters.class)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("only master");
    }

    private void assertThatLocksAreOnAllServers(ApplicationContext context) throws InterruptedException {
        try (Lease lease = take(context)) {
            assertThat(lease.isValid()).isTrue();
            assertThat(SERVERS)
                    .allSatisfy(server -> await().until(() ->
                            server.execute("EXISTS", "redlock:" + name).equals(1L)));
        }
    }

    private static RedisMasters masters(ApplicationContext context) {
        return context.getBean(PotteryFactory.class).masters();
    }

    private Lease take(ApplicationContext context) throws InterruptedException {
        return context.getBean(PotteryFactory.class).redlock(name).acquire();
    }

    private static String[] urls(List<RedisServer> servers) {
        return each(servers, "url", LockMastersTest::url);
    }

    private static String[] each(List<RedisServer> servers, String key, Function<RedisServer, Object> value) {
        return IntStream.range(0, servers.size())
                .mapToObj(i -> "pottery.lock.masters[%d].%s=%s".formatted(i, key, value.apply(servers.get(i))))
                .toArray(String[]::new);
    }

    private static String[] first(String... properties) {
        return Stream.of(properties)
                .map(property -> "pottery.lock.masters[0]." + property)
                .toArray(String[]::new);
    }

    private static String url(RedisServer server) {
        return "redis://%s:%d".formatted(server.host(), server.port());
    }

    private static long connections(RedisServer server) {
        return String.valueOf(server.execute("INFO", "stats"))
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private static long clients(RedisServer server) {
        return String.valueOf(server.execute("CLIENT", "LIST")).lines().count();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMasters {

        @Bean
        RedisMasters ownMasters() {
            return RedisMasters.of(SERVERS.stream().map(LockMastersTest::url).toArray(String[]::new));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConnections {

        @Bean
        LettuceConnectionFactory ownConnections() {
            return new LettuceConnectionFactory("127.0.0.1", 1);
        }
    }

    /** Remembers all channels that are opened with the shared resources. */
    @Configuration(proxyBeanMethods = false)
    static class RecordedChannels {

        private final List<Channel> channels = new CopyOnWriteArrayList<>();

        @Bean
        ClientResourcesBuilderCustomizer recording() {
            return resources -> resources.nettyCustomizer(new NettyCustomizer() {
                @Override
                public void afterChannelInitialized(Channel channel) {
                    channels.add(channel);
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        private final List<String> calls = new ArrayList<>();

        @Bean
        @Order(2)
        LockMasterClientOptionsCustomizer second() {
            return (master, options) -> calls.add("second " + master);
        }

        @Bean
        @Order(1)
        LockMasterClientOptionsCustomizer first() {
            return (master, options) -> {
                calls.add("first " + master);
                options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
            };
        }

        @Bean
        LettuceClientOptionsBuilderCustomizer forTheApplicationsRedis() {
            return options -> calls.add("application's");
        }
    }
}
