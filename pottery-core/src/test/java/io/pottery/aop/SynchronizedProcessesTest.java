package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.ChildJvm;
import io.pottery.testing.Java25;
import io.pottery.testing.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Synchronized methods in other JVMs. */
class SynchronizedProcessesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String name = TestRedis.freshKey();

    @TempDir
    private Path folder;

    @Test
    void twoProcessesNeverRunTheMethodAtTheSameTime() throws Exception {
        Path file = Files.writeString(folder.resolve("count"), "0");
        List<ChildJvm> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                processes.add(ChildJvm.start(
                        FileCounter.class,
                        Integer.toString(TestRedis.server().port()),
                        name,
                        file.toString(),
                        "8",
                        "50"));
            }
            for (ChildJvm process : processes) {
                assertThat(process.nextLine()).isEqualTo("ready");
            }
            processes.forEach(process -> process.send("go"));
            for (ChildJvm process : processes) {
                assertThat(process.nextLine()).isEqualTo("done");
                assertThat(process.waitFor(SOON)).isZero();
            }
        } finally {
            processes.forEach(ChildJvm::close);
        }
        assertThat(Files.readString(file)).isEqualTo("800");
    }

    @Test
    @EnabledIf(
            value = "io.pottery.testing.Java25#isThere",
            disabledReason = "virtual threads that wait in 'synchronized' need Java 25: set JAVA25_HOME")
    void aThousandVirtualThreadsWaitOnOneCarrier() throws Exception {
        try (ChildJvm process = ChildJvm.start(
                Java25.home(),
                VirtualWaiters.class,
                Integer.toString(TestRedis.server().port()),
                name,
                "1000")) {
            assertThat(process.nextLine()).isEqualTo("1000 wait, and the carrier is free");
            assertThat(process.nextLine()).isEqualTo("1000 have run, never two at a time");
            assertThat(process.waitFor(SOON)).isZero();
        }
    }
}
