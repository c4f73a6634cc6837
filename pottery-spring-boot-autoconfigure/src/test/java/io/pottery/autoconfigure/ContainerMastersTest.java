package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.MastersInfo;
import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.lifecycle.Startables;

/** Three masters in containers, as docs/operations.md has them; not run where Docker does not answer. */
@EnabledIfDockerAvailable
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class ContainerMastersTest {

    @Test
    void decideAboutLocks(@Autowired PotteryFactory pottery) throws Exception {
        assertThat(pottery.masters().info().masters()).hasSize(3).allMatch(MastersInfo.Master::isReachable);
        try (Lease lease = pottery.redlock(UUID.randomUUID().toString()).acquire()) {
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ThreeMasters.class)
    static class Application {}

    static final class ThreeMasters {

        private final List<GenericContainer<?>> masters = Stream.<GenericContainer<?>>generate(
                        () -> new GenericContainer<>("redis:7.2-alpine").withExposedPorts(6379))
                .limit(3)
                .toList();

        @Bean
        DynamicPropertyRegistrar masters() {
            Startables.deepStart(masters).join();
            return registry -> {
                for (int i = 0; i < masters.size(); i++) {
                    GenericContainer<?> master = masters.get(i);
                    registry.add(
                            "pottery.lock.masters[%d].url".formatted(i),
                            () -> "redis://%s:%d".formatted(master.getHost(), master.getMappedPort(6379)));
                }
            };
        }
    }
}
