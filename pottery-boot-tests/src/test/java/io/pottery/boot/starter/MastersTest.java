package io.pottery.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.PotteryFactory;
import io.pottery.boot.Applications;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Locks and ids of which a majority of masters decides. */
@ExtendWith(OutputCaptureExtension.class)
class MastersTest {

    private RedisServer server;
    private List<RedisServer> masters;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        masters = RedisServer.start(3);
    }

    @AfterEach
    void stop() {
        server.close();
        masters.forEach(RedisServer::close);
    }

    @Test
    void locksAndIdsOutliveTheLossOfAMaster() throws Exception {
        try (ConfigurableApplicationContext application = run()) {
            PotteryFactory pottery = application.getBean(PotteryFactory.class);
            Redlock lock = pottery.redlock("printer");
            try (Lease lease = lock.acquire()) {
                assertThat(masters)
                        .allSatisfy(master -> assertThat(master.execute("EXISTS", "redlock:printer"))
                                .isEqualTo(1L));
                assertThat(server.execute("EXISTS", "redlock:printer")).isEqualTo(0L);
                masters.get(0).kill();
                assertThat(lock.tryAcquire()).isEmpty();
                lease.extend();
            }
            assertThat(lock.isLocked()).isFalse();
            assertThat(pottery.nextId("tweets").nextLong()).isEqualTo(1);
            assertThat(application.getBeanNamesForType(RedisConnectionFactory.class))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNoMasterIsToldByItsProperty(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> run("pottery.lock.masters[1].port=0"));
        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "pottery.lock.masters[1].url", "pottery.lock.masters[1].port")
                .doesNotContain("\tat ");
    }

    @Test
    void anAddressThatIsNoneIsNotShown(CapturedOutput output) {
        assertThat(catchThrowable(() -> run("pottery.lock.masters[2].url=redis:/user:secret@host")))
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "'pottery.lock.masters[2].url' is not a URL such as redis://")
                .doesNotContain("secret")
                .doesNotContain("\tat ");
    }

    private ConfigurableApplicationContext run(String... properties) {
        return Applications.run(
                Applications.Empty.class,
                server,
                Stream.concat(
                                IntStream.range(0, masters.size())
                                        .mapToObj(i -> "pottery.lock.masters[%d].url=%s"
                                                .formatted(i, Applications.url(masters.get(i)))),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }
}
