package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.ChildJvm;
import io.pottery.testing.Java25;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Many virtual threads that share one carrier: nothing is lost, nobody waits for ever. */
class VirtualThreadsTest {

    @Test
    @EnabledIf(
            value = "io.pottery.testing.Java25#isThere",
            disabledReason = "virtual threads need a newer Java than this one: set JAVA25_HOME")
    void aThousandVirtualThreadsCallTheSameContainers() throws Exception {
        try (ChildJvm process = ChildJvm.start(
                Java25.home(),
                VirtualCallers.class,
                TestRedis.server().host(),
                Integer.toString(TestRedis.server().port()),
                TestRedis.freshKey(),
                "1000")) {
            assertThat(process.nextLine()).isEqualTo("20000 counts, the last is 20000");
            assertThat(process.waitFor(Duration.ofSeconds(30))).isZero();
        }
    }
}
