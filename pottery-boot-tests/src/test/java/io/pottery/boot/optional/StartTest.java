package io.pottery.boot.optional;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.boot.Applications;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications that have all which Pottery can use. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static RedisServer server;

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @Test
    void noBeanIsMadeTooEarlyBesideActuator(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Applications.run(Applications.Empty.class, server)) {
            assertThat(application.getBean(PotteryFactory.class).set("any", String.class))
                    .isEmpty();
        }
        assertThat(output).doesNotContain(Applications.MADE_TOO_EARLY);
    }

    @Test
    void nearCachesAreKeptByTheCaffeineOfThisLine() {
        try (ConfigurableApplicationContext application = Applications.run(Applications.Empty.class, server)) {
            PotteryFactory pottery = application.getBean(PotteryFactory.class);
            RedisCache<Long, String> names = pottery.cache(
                    "names",
                    Long.class,
                    pottery.json(String.class),
                    CacheOptions.ofTtl(Duration.ofMinutes(10)).withNear(10));
            assertThat(names.get(7L, () -> "ada")).isEqualTo("ada");
            assertThat(names.getIfPresent(7L)).isEqualTo("ada");
            names.evict(7L);
            assertThat(names.getIfPresent(7L)).isNull();
        }
    }
}
