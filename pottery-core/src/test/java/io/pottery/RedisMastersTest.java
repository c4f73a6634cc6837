package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.pottery.error.MasterConfigurationException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How masters are set up, and what is said when that is wrong. */
class RedisMastersTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(3);

    private final String name = TestRedis.freshKey();

    @AfterAll
    static void close() {
        SERVERS.forEach(RedisServer::close);
    }

    @Test
    void theSameAddressTwiceIsRefused() {
        assertThatExceptionOfType(MasterConfigurationException.class)
                .isThrownBy(() -> RedisMasters.of("redis://a:6379", "redis://b", "redis://x@A"))
                .withMessageContaining("masters[0] and masters[2] are the same server (a:6379)");
    }

    @Test
    void theSameServerUnderTwoAddressesIsRefused() {
        RedisServer twice = SERVERS.get(0);
        try (RedisMasters masters =
                RedisMasters.of(uri(twice), "redis://localhost:" + twice.port(), uri(SERVERS.get(1)))) {
            Redlock lock = redlock(masters);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(MasterConfigurationException.class)
                        .isThrownBy(lock::tryAcquire)
                        .withMessageContaining("masters[0] (" + twice.host() + ":" + twice.port() + ")")
                        .withMessageContaining("masters[1] (localhost:" + twice.port() + ")")
                        .withMessageContaining("are the same server");
            }
            assertThatExceptionOfType(MasterConfigurationException.class).isThrownBy(lock::isLocked);
        }
    }

    @Test
    void noneNullAndNoUriAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(RedisMasters::of).withMessageContaining("at least one master");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisMasters.of("redis://a", null))
                .withMessageContaining("masters[1] is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisMasters.builder().add(RedisURI.create("redis-sentinel://a:26379#m")))
                .withMessageContaining("masters[0] must be a host and port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@a",
                "redis://user:secret@a:6379/x",
                "secret",
                "redis://user:secret",
                "redis://:secret",
                "redis://a_b:secret",
                "redis://:6379",
                "redis://:p#secret@host",
                "redis://a,b",
                "redis://a?timeout=0"
            })
    void aBadUriIsNotRepeated(String bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisMasters.of(bad))
                .withMessageStartingWith("masters[0] is not a URI")
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void saysWhatItConnectsToWithoutPasswords() {
        try (RedisMasters masters = RedisMasters.of("redis://user:secret@a:1", "redis://b")) {
            assertThat(masters).hasToString("[masters[0] (a:1), masters[1] (b:6379)]");
            assertThat(masters.size()).isEqualTo(2);
        }
    }

    @Test
    void passwordsAreUsedAndWrongOnesNamed() throws Exception {
        try (RedisServer server = RedisServer.with("requirepass", "secret").start()) {
            String address = server.host() + ":" + server.port();
            try (RedisMasters masters = RedisMasters.of("redis://:secret@" + address)) {
                redlock(masters).acquire().close();
            }
            for (String wrong : List.of("redis://:wrong@", "redis://")) {
                try (RedisMasters masters = RedisMasters.of(wrong + address)) {
                    assertThatExceptionOfType(QuorumIsImpossibleException.class)
                            .isThrownBy(() -> redlock(masters).acquire())
                            .withMessageContaining("masters[0] (" + address + ")")
                            .withMessageContaining(" masters[0].")
                            .satisfies(
                                    thrown -> assertThat(messages(thrown)).noneMatch(text -> text.contains("secret")));
                }
            }
        }
    }

    @Test
    void aMajorityOfServersThatAreDownIsNamed() {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (RedisMasters masters = RedisMasters.of(uri(gone), uri(SERVERS.get(0)), "redis://127.0.0.1:1")) {
            assertThatExceptionOfType(QuorumIsImpossibleException.class)
                    .isThrownBy(() -> redlock(masters).acquire())
                    .withMessageContaining("The lock at 'redlock:" + name + "' is out of reach")
                    .withMessageContaining("2 of 3 masters failed, and 2 must answer")
                    .withMessageContaining("masters[0] (" + gone.host() + ":" + gone.port() + "): ")
                    .withMessageContaining("masters[2] (127.0.0.1:1): ")
                    .withMessageContaining("Connection refused");
        }
    }

    @Test
    void aReplicaAnswersNothing() {
        RedisServer master = SERVERS.get(0);
        try (RedisServer replica = RedisServer.start()) {
            replica.execute("REPLICAOF", master.host(), Integer.toString(master.port()));
            await().until(() ->
                    String.valueOf(replica.execute("INFO", "replication")).contains("link_status:up"));
            try (RedisMasters masters = RedisMasters.of(uri(replica))) {
                assertThatExceptionOfType(QuorumIsImpossibleException.class)
                        .isThrownBy(() -> redlock(masters).acquire())
                        .withMessageContaining("this Redis is a read-only replica");
            }
        }
    }

    @Test
    void aServerThatComesBackIsUsedAtOnce() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisMasters masters = RedisMasters.of(uri(server))) {
            Redlock lock = redlock(masters);
            lock.acquire().close();
            server.restart();
            lock.acquire().close();
            server.kill();
            assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(lock::acquire);
            server.restart();
            await().atMost(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> lock.tryAcquire().isPresent());
        }
    }

    @Test
    void oneObjectServesSeveralFactories() throws Exception {
        try (RedisMasters masters = RedisMasters.of(uri(SERVERS.get(0)), uri(SERVERS.get(1)), uri(SERVERS.get(2)));
                Lease lease = redlock(masters).acquire()) {
            assertThat(redlock(masters).tryAcquire()).isEmpty();
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void closedMastersSaySo() throws Exception {
        RedisMasters masters = RedisMasters.of(uri(SERVERS.get(0)));
        Redlock lock = redlock(masters);
        lock.acquire().close();
        masters.close();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(lock::acquire)
                .withMessageContaining("closed");
    }

    @Test
    void whatTheApplicationDoesNotUseIsNotConnected() {
        try (RedisServer server = RedisServer.start();
                RedisMasters masters = RedisMasters.of(uri(server))) {
            redlock(masters);
            assertThat(String.valueOf(server.execute("INFO", "clients"))).contains("connected_clients:1\r");
        }
    }

    @Test
    void thereIsOneConnectionForCommandsAndOneToListen() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisMasters masters = RedisMasters.of(uri(server))) {
            Redlock lock = redlock(masters);
            try (Lease lease = lock.acquire()) {
                assertThat(lock.tryAcquire(Duration.ofMillis(50))).isEmpty();
                for (int i = 0; i < 20; i++) {
                    redlock(masters).tryAcquire();
                }
            }
            assertThat(String.valueOf(server.execute("INFO", "clients"))).contains("connected_clients:3\r");
        }
    }

    private Redlock redlock(RedisMasters masters) {
        return PotteryFactory.builder(TestRedis.connections())
                .masters(masters)
                .build()
                .redlock(name, RedlockOptions.defaults().withMasterTimeout(Duration.ofSeconds(5)));
    }

    private static Stream<String> messages(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
                .map(String::valueOf);
    }

    private static String uri(RedisServer server) {
        return "redis://%s:%d".formatted(server.host(), server.port());
    }
}
