package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Masters that only start with the test, as containers do, and say where they are when the context is made. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class RegisteredMastersTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(3);

    @AfterAll
    static void stopRedis() {
        SERVERS.forEach(RedisServer::close);
    }

    @Test
    void decideAboutLocks(@Autowired PotteryFactory pottery) throws Exception {
        assertThat(pottery.masters().size()).isEqualTo(3);
        try (Lease lease = pottery.redlock(UUID.randomUUID().toString()).acquire()) {
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        DynamicPropertyRegistrar masters() {
            return registry -> {
                for (int i = 0; i < SERVERS.size(); i++) {
                    RedisServer server = SERVERS.get(i);
                    registry.add(
                            "pottery.lock.masters[%d].url".formatted(i),
                            () -> "redis://%s:%d".formatted(server.host(), server.port()));
                }
            };
        }
    }
}
