package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import org.junit.jupiter.api.Test;

class ServerVersionTest {

    @Test
    void theTestsRunOnTheServerThatWasAskedFor() {
        String version = TestRedis.server().version();
        if ("6.2".equals(System.getProperty("pottery.test-redis"))) {
            assertThat(version).startsWith("6.2.");
        } else {
            assertThat(version).matches("(6\\.[2-9]|[7-9]|[1-9][0-9]+)\\..*");
        }
    }
}
