package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.lock.Lease;
import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who decides about ids, and that nobody else knows of them. */
class IdMastersTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(5);
    private static final RedisServer APPLICATIONS = SERVERS.get(0);
    private static final RedisServer LOCKS = SERVERS.get(1);
    private static final List<RedisServer> IDS = SERVERS.subList(2, 5);

    private static final String NO_LOCKS_HERE = "pottery.lock.masters[0].url=redis://127.0.0.1:1";

    private final String name = UUID.randomUUID().toString();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("spring.data.redis.url=" + url(APPLICATIONS))
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class, DataRedisAutoConfiguration.class, PotteryAutoConfiguration.class));

    @AfterAll
    static void stopRedis() {
        SERVERS.forEach(RedisServer::close);
    }

    @Test
    void idsAndLocksHaveMastersOfTheirOwn() {
        application
                .withPropertyValues(idMasters(IDS))
                .withPropertyValues(lockMasters())
                .run(context -> {
                    assertThatIdsAreOn(context, IDS);
                    assertThatLocksAreOn(context, LOCKS);
                });
    }

    @Test
    void idsAloneHaveMastersOfTheirOwn() {
        application.withPropertyValues(idMasters(IDS)).run(context -> {
            assertThatIdsAreOn(context, IDS);
            assertThatLocksAreOn(context, APPLICATIONS);
        });
    }

    @Test
    void mastersOfIdsAreNamedByHostAndPort() {
        application
                .withPropertyValues(
                        "pottery.id.masters[0].host=" + LOCKS.host(), "pottery.id.masters[0].port=" + LOCKS.port())
                .run(context -> assertThatIdsAreOn(context, List.of(LOCKS)));
    }

    @Test
    void bothListsMayNameTheSameServer() {
        application
                .withPropertyValues(idMasters(List.of(LOCKS)))
                .withPropertyValues(lockMasters())
                .run(context -> {
                    assertThatIdsAreOn(context, List.of(LOCKS));
                    assertThatLocksAreOn(context, LOCKS);
                });
    }

    @Test
    void withoutMastersOfTheirOwnIdsAreOnThoseOfTheLocks() {
        application.withPropertyValues(lockMasters()).run(context -> assertThatIdsAreOn(context, List.of(LOCKS)));
        application
                .withPropertyValues(lockMasters())
                .withPropertyValues("pottery.id.masters=")
                .run(context -> assertThatIdsAreOn(context, List.of(LOCKS)));
    }

    @Test
    void withoutMastersOfTheirOwnIdsAreOnThoseOfTheApplicationsBean() {
        application
                .withUserConfiguration(OwnMasters.class)
                .withPropertyValues(NO_LOCKS_HERE)
                .run(context -> {
                    assertThatIdsAreOn(context, List.of(LOCKS));
                    assertThatLocksAreOn(context, LOCKS);
                });
    }

    @Test
    void withoutAnyMastersIdsAreOnTheApplicationsRedis() {
        application.run(context -> assertThatIdsAreOn(context, List.of(APPLICATIONS)));
    }

    @Test
    void thePropertyWinsOverTheApplicationsBeanForLocks() {
        application
                .withUserConfiguration(OwnMasters.class)
                .withPropertyValues(idMasters(IDS))
                .withPropertyValues(NO_LOCKS_HERE)
                .run(context -> {
                    assertThatIdsAreOn(context, IDS);
                    assertThatLocksAreOn(context, LOCKS);
                });
    }

    @Test
    void theApplicationsOwnMastersOfIdsWin() {
        application
                .withUserConfiguration(OwnIdMasters.class)
                .withPropertyValues("pottery.id.masters[0].url=redis://127.0.0.1:1")
                .withPropertyValues(lockMasters())
                .run(context -> {
                    assertThatIdsAreOn(context, IDS);
                    assertThatLocksAreOn(context, LOCKS);
                });
    }

    @Test
    void theApplicationMayHaveMastersOfItsOwnForBoth() {
        application.withUserConfiguration(OwnMasters.class, OwnIdMasters.class).run(context -> {
            assertThatIdsAreOn(context, IDS);
            assertThatLocksAreOn(context, LOCKS);
        });
    }

    @Test
    void mastersThatAreNamedAreInNobodysWay() {
        application
                .withUserConfiguration(Injected.class)
                .withPropertyValues(idMasters(IDS))
                .withPropertyValues(lockMasters())
                .run(context ->
                        assertThat(context.getBean(Injected.class).masters).isNull());
    }

    @Test
    void thereAreNoneUnlessTheyAreConfigured() {
        application.withPropertyValues(lockMasters()).run(context -> {
            PotteryFactory pottery = context.getBean(PotteryFactory.class);
            assertThat(pottery.idMasters()).isSameAs(pottery.masters());
        });
    }

    @Test
    void thereAreNoneWithoutLettuce() {
        application
                .withClassLoader(new FilteredClassLoader("io.lettuce"))
                .withPropertyValues(idMasters(IDS))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisMasters.class));
    }

    @Test
    void theApplicationStartsWhileTheMastersOfIdsAreDown() {
        application
                .withPropertyValues("pottery.id.masters[0].url=redis://127.0.0.1:1")
                .withPropertyValues("pottery.id.masters[1].url=redis://127.0.0.1:2")
                .withPropertyValues("pottery.id.masters[2].url=redis://127.0.0.1:3")
                .run(context -> {
                    assertThatExceptionOfType(QuorumIsImpossibleException.class)
                            .isThrownBy(() -> next(context))
                            .withMessageContaining("Connection refused");
                    assertThatLocksAreOn(context, APPLICATIONS);
                });
    }

    @Test
    void bothListsOfMastersAreClosedWithTheContext() {
        List<PotteryFactory> left = new ArrayList<>();
        application
                .withPropertyValues(idMasters(IDS))
                .withPropertyValues(lockMasters())
                .run(context -> {
                    left.add(context.getBean(PotteryFactory.class));
                    assertThatIdsAreOn(context, IDS);
                    assertThatLocksAreOn(context, LOCKS);
                    assertThat(SERVERS.subList(1, 5)).allSatisfy(server -> await().until(() -> clients(server) > 1));
                });
        assertThat(SERVERS.subList(1, 5)).allSatisfy(server -> await().until(() -> clients(server) == 1));
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> left.get(0).nextId(name).nextLong());
    }

    @Test
    void aWrongPasswordIsNotShown() {
        try (RedisServer guarded =
                RedisServer.with("requirepass", "open sesame").start()) {
            application
                    .withPropertyValues(
                            "pottery.id.masters[0].host=" + guarded.host(),
                            "pottery.id.masters[0].port=" + guarded.port(),
                            "pottery.id.masters[0].password=open barley")
                    // Once in a while Lettuce closes the connection before it passes on why.
                    .run(context -> await().untilAsserted(() -> assertThatExceptionOfType(
                                    QuorumIsImpossibleException.class)
                            .isThrownBy(() -> next(context))
                            .withMessageContaining("pottery.id.masters[0] (127.0.0.1:%d)".formatted(guarded.port()))
                            .withMessageContaining("pottery.id.masters[0].username and .password")
                            .satisfies(thrown ->
                                    assertThat(Throwables.getStackTrace(thrown)).doesNotContain("barley"))));
        }
    }

    @Test
    void customizersAreToldWhichMasterOfWhichListItIs() {
        List<String> calls = new ArrayList<>();
        application
                .withBean(LockMasterClientOptionsCustomizer.class, () -> (master, options) -> {
                    calls.add(master);
                    options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
                })
                .withPropertyValues(idMasters(IDS.subList(0, 2)))
                .withPropertyValues(lockMasters())
                .run(context -> assertThat(calls)
                        .containsExactlyInAnyOrder(
                                "pottery.lock.masters[0]", "pottery.id.masters[0]", "pottery.id.masters[1]"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void itIsSaidOnceThatTheApplicationsRedisIsTheOnlyMasterForLocksAlone(CapturedOutput output) {
        application
                .withPropertyValues(idMasters(IDS))
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .containsOnlyOnce("The application's Redis is the only master for ")
                .containsOnlyOnce("only master for locks: name three or five independent ones in pottery.lock.masters");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void itIsNotSaidOfIdsOnTheMastersOfTheLocks(CapturedOutput output) {
        application
                .withPropertyValues(lockMasters())
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("only master");
    }

    private void assertThatIdsAreOn(ApplicationContext context, List<RedisServer> servers) {
        next(context);
        assertThat(SERVERS).allSatisfy(server -> {
            if (servers.contains(server)) {
                await().until(() -> exists(server, "nextid:"));
            } else {
                assertThat(exists(server, "nextid:")).isFalse();
            }
        });
    }

    private void assertThatLocksAreOn(ApplicationContext context, RedisServer only) throws InterruptedException {
        try (Lease lease = context.getBean(PotteryFactory.class).redlock(name).acquire()) {
            assertThat(lease.isValid()).isTrue();
            assertThat(SERVERS).filteredOn(server -> exists(server, "redlock:")).containsExactly(only);
        }
    }

    private boolean exists(RedisServer server, String prefix) {
        return server.execute("EXISTS", prefix + name).equals(1L);
    }

    private long next(ApplicationContext context) {
        return context.getBean(PotteryFactory.class).nextId(name).nextLong();
    }

    private static String[] idMasters(List<RedisServer> servers) {
        return IntStream.range(0, servers.size())
                .mapToObj(i -> "pottery.id.masters[%d].url=%s".formatted(i, url(servers.get(i))))
                .toArray(String[]::new);
    }

    private static String lockMasters() {
        return "pottery.lock.masters[0].url=" + url(LOCKS);
    }

    private static String url(RedisServer server) {
        return "redis://%s:%d".formatted(server.host(), server.port());
    }

    private static long clients(RedisServer server) {
        return String.valueOf(server.execute("CLIENT", "LIST")).lines().count();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMasters {

        @Bean
        RedisMasters ownMasters() {
            return RedisMasters.of(url(LOCKS));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnIdMasters {

        @Bean(defaultCandidate = false)
        RedisMasters potteryIdMasters() {
            return RedisMasters.of(IDS.stream().map(IdMastersTest::url).toArray(String[]::new));
        }
    }

    /** What an application gets that asks for masters by their type. */
    @Configuration(proxyBeanMethods = false)
    static class Injected {

        private final RedisMasters masters;

        Injected(ObjectProvider<RedisMasters> masters) {
            this.masters = masters.getIfAvailable();
        }
    }
}
