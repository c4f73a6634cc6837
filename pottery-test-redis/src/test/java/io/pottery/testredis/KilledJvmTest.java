package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledJvmTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The JVM that is killed: it starts a server and stays. */
    static final class Starter {
        public static void main(String[] arguments) throws InterruptedException {
            RedisServer server = RedisServer.with("appendonly", "yes").start();
            System.out.printf("%d %d%n", server.pid(), server.port());
            if (arguments[0].equals("stay")) {
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void leavesNoServerAndNoFiles(@TempDir Path temporary) throws IOException {
        Process jvm = start("stay", temporary);
        String[] words = firstLineOf(jvm).split(" ");
        ProcessHandle server = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
        assertThat(FreePorts.isFree(Integer.parseInt(words[1]))).isFalse();

        jvm.destroyForcibly();

        Polling.until(LIMIT, () -> !server.isAlive(), () -> "The server outlives its JVM");
        Polling.until(LIMIT, () -> filesOf(temporary).isEmpty(), () -> "Files are left: " + filesOf(temporary));
    }

    @Test
    void norDoesOneThatEndsWithoutClosingItsServer(@TempDir Path temporary) throws Exception {
        Process jvm = start("end", temporary);
        ProcessHandle.of(Long.parseLong(firstLineOf(jvm).split(" ")[0]))
                .ifPresent(server -> Polling.until(LIMIT, () -> !server.isAlive(), () -> "It outlives its JVM"));
        assertThat(jvm.waitFor()).isZero();
        Polling.until(LIMIT, () -> filesOf(temporary).isEmpty(), () -> "Files are left: " + filesOf(temporary));
    }

    private static Process start(String argument, Path temporary) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-D%s=%s".formatted(ServerSources.PROPERTY, System.getProperty(ServerSources.PROPERTY, "")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLineOf(Process jvm) throws IOException {
        BufferedReader output = jvm.inputReader();
        return output.readLine();
    }

    private static List<Path> filesOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
