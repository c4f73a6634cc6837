package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.pottery.MastersInfo.Master;
import io.pottery.error.PotteryException;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/** Whether masters can be reached, for who looks after them. */
class MastersInfoTest {

    private final List<RedisServer> servers = RedisServer.start(3);

    @AfterEach
    void close() {
        servers.forEach(RedisServer::close);
    }

    @Test
    void mastersThatAnswerAreReachable() {
        try (RedisMasters masters = masters()) {
            MastersInfo info = masters.info();
            assertThat(info.quorum()).isTrue();
            assertThat(info.masters())
                    .extracting(Master::name, Master::isReachable, Master::failure)
                    .containsExactly(
                            tuple(masters.names().get(0), true, null),
                            tuple(masters.names().get(1), true, null),
                            tuple(masters.names().get(2), true, null));
            assertThat(info.masters())
                    .extracting(Master::latency)
                    .allSatisfy(latency -> assertThat(latency).isPositive());
            assertThat(masters.names().get(2))
                    .isEqualTo(
                            "masters[2] (127.0.0.1:%d)".formatted(servers.get(2).port()));
        }
    }

    @Test
    void aQuorumOutlivesAMinorityThatIsKilledAndOneThatIsFrozen() {
        try (RedisMasters masters = masters()) {
            masters.info();
            servers.get(1).kill();
            MastersInfo info = masters.info();
            assertThat(info.quorum()).isTrue();
            assertThat(info.masters()).extracting(Master::isReachable).containsExactly(true, false, true);
            assertThat(info.masters().get(1).latency()).isNull();
            servers.get(2).pause();
            ContextTimer timer = ContextTimer.started();
            info = masters.info();
            assertThat(timer.elapsed()).isLessThan(Duration.ofSeconds(10));
            assertThat(info.quorum()).isFalse();
            assertThat(info.masters().get(2).failure()).isEqualTo("no answer within 1000 ms");
            servers.get(2).resume();
            servers.get(1).restart();
            await().until(() -> masters.info().masters().stream().allMatch(Master::isReachable));
        }
    }

    @Test
    void aMajorityDoesNotWaitForAMasterThatIsFrozen() {
        try (RedisMasters masters = masters()) {
            assertThat(masters.info().quorum()).isTrue();
            servers.get(0).pause();
            MastersInfo info = masters.info();
            assertThat(info.quorum()).isTrue();
            assertThat(info.masters().get(0).failure()).isEqualTo("no answer within 250 ms of the others");
            servers.get(0).resume();
        }
    }

    @Test
    void mastersThatAreOneServerAreNoMajority() {
        RedisServer twice = servers.get(0);
        try (RedisMasters masters = RedisMasters.of(Servers.uri(twice), "redis://localhost:" + twice.port())) {
            assertThat(masters.info().quorum()).isFalse();
            assertThat(masters.info().masters())
                    .extracting(Master::failure)
                    .anySatisfy(failure -> assertThat(failure).contains("are the same server"));
        }
    }

    @Test
    void theNameOfAUserIsNotShown() {
        RedisServer server = servers.get(0);
        server.execute("ACL", "SETUSER", "barley", "on", "nopass", "~*", "+@all", "-select");
        try (RedisMasters masters = RedisMasters.of("redis://barley:x@127.0.0.1:%d/1".formatted(server.port()))) {
            assertThat(masters.info().masters()).singleElement().satisfies(master -> {
                assertThat(master.isReachable()).isFalse();
                assertThat(master.failure()).contains("may not do this").doesNotContain("barley");
            });
        }
    }

    @Test
    void aPasswordThatIsRefusedIsToldAndNotShown() {
        try (RedisServer guarded = RedisServer.with("requirepass", "sesame").start();
                RedisMasters masters = RedisMasters.of("redis://:barley@127.0.0.1:" + guarded.port())) {
            assertThat(masters.info().masters()).singleElement().satisfies(master -> {
                assertThat(master.isReachable()).isFalse();
                assertThat(master.failure()).contains("password").doesNotContain("barley");
            });
        }
    }

    @Test
    void aMasterThatForbidsPingIsReachable() {
        RedisServer server = servers.get(0);
        server.execute("ACL", "SETUSER", "default", "-ping");
        try (RedisMasters masters = RedisMasters.of(Servers.uri(server))) {
            assertThat(masters.info().quorum()).isTrue();
        }
    }

    @Test
    void theApplicationsRedisIsTheOnlyMasterByDefault() {
        RedisMasters only = TestRedis.pottery().masters();
        assertThat(only.info().quorum()).isTrue();
        assertThat(only.names())
                .containsExactly("the application's Redis (127.0.0.1:%d)"
                        .formatted(TestRedis.server().port()));
        assertThat(TestRedis.pottery().idMasters()).isSameAs(only);
    }

    @Test
    void idsMayHaveMastersOfTheirOwn() {
        try (RedisMasters locks = masters();
                RedisMasters ids = RedisMasters.of(Servers.uri(servers.get(0)))) {
            PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                    .masters(locks)
                    .idMasters(ids)
                    .build();
            assertThat(pottery.masters()).isSameAs(locks);
            assertThat(pottery.idMasters()).isSameAs(ids);
        }
    }

    @Test
    void withoutLettuceThereAreNone() {
        PotteryFactory jedis = PotteryFactory.create(new JedisConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", servers.get(0).port())));
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(jedis::masters)
                .withMessageContaining("need Lettuce");
    }

    private RedisMasters masters() {
        return RedisMasters.of(servers.stream().map(Servers::uri).toArray(String[]::new));
    }
}
