package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    private static final RedisOptions APPEND_ONLY =
            RedisServer.with("appendonly", "yes").with("appendfsync", "always");

    @Test
    void answersAsSoonAsItIsStarted() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.execute("PING")).isEqualTo("PONG");
            assertThat(server.execute("DBSIZE")).isEqualTo(0L);
            assertThat(server.isRunning()).isTrue();
            assertThat(server.host()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void saysWhichRedisItIs() {
        try (RedisServer server = RedisServer.start()) {
            ServerInfo info = ServerInfo.parse(String.valueOf(server.execute("INFO", "server")));
            assertThat(info.version()).isEqualTo(server.version());
            assertThat(info.processId()).isEqualTo(server.pid());
            assertThat(server.description()).startsWith(info.product() + " " + server.version() + " (");
        }
    }

    @Test
    void fiveStartAtTheSameTime() {
        List<RedisServer> servers = RedisServer.start(5);
        try {
            assertThat(servers)
                    .extracting(RedisServer::port)
                    .doesNotHaveDuplicates()
                    .hasSize(5);
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.execute("PING")).isEqualTo("PONG"));
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    @Test
    void severalStartOrNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.with("maxmemory", "much").start(2))
                .withMessageContaining("2 of 2")
                .withMessageContaining("maxmemory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisServer.start(0))
                .withMessageContaining("not 0");
    }

    @Test
    void everyKindOfReplyHasItsType() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.execute("SET", "greeting", "grüß\r\ndich")).isEqualTo("OK");
            assertThat(server.execute("GET", "greeting")).isEqualTo("grüß\r\ndich");
            assertThat(server.execute("GET", "nothing")).isNull();
            assertThat(server.execute("RPUSH", "list", "a", "")).isEqualTo(2L);
            assertThat(server.execute("LRANGE", "list", "0", "-1")).isEqualTo(List.of("a", ""));
            assertThat(server.execute("BLPOP", "nothing", "0.01")).isNull();
            assertThatExceptionOfType(RedisErrorReplyException.class)
                    .isThrownBy(() -> server.execute("GET", "list"))
                    .withMessageContaining("GET")
                    .withMessageContaining("WRONGTYPE");
            assertThatIllegalArgumentException().isThrownBy(server::execute);
        }
    }

    @Test
    void takesDirectivesOfRedisConf() {
        String password = "with \"quotes\", \\ and blanks";
        try (RedisServer server = RedisServer.with("maxmemory", "2mb")
                .with("requirepass", password)
                .start()) {
            assertThat(server.execute("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "2097152"));
            assertThat(server.execute("CONFIG", "GET", "requirepass")).isEqualTo(List.of("requirepass", password));
        }
    }

    @Test
    void listensOnTheLocalAddressOnlyAndWritesNothing() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.execute("CONFIG", "GET", "bind")).isEqualTo(List.of("bind", "127.0.0.1"));
            assertThat(server.execute("CONFIG", "GET", "save")).isEqualTo(List.of("save", ""));
            assertThat(server.execute("CONFIG", "GET", "appendonly")).isEqualTo(List.of("appendonly", "no"));
        }
    }

    @Test
    void aWrongDirectiveIsReportedInTheWordsOfTheServer() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.with("no-such-directive", "1").start())
                .withMessageContaining("did not start")
                .withMessageContaining("no-such-directive")
                .withMessageMatching("(?s).*(Bad directive|Unresolved Configuration).*");
    }

    @Test
    void aPasswordIsNotReported() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.with("requirepass", "s3cret", "too many words")
                        .start())
                .withMessageContaining("requirepass")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void directivesThatTheServerNeedsForItselfAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisServer.with("port", "6379"))
                .withMessageContaining("'port'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisServer.with("--maxmemory", "2mb"))
                .withMessageContaining("'--maxmemory'");
    }

    @Test
    void whatWasAppendedSurvivesAKill() {
        try (RedisServer server = APPEND_ONLY.start()) {
            long pid = server.pid();
            int port = server.port();
            server.execute("SET", "key", "kept");

            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            server.restart();

            assertThat(server.execute("GET", "key")).isEqualTo("kept");
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(pid);
        }
    }

    @Test
    void anEmptyRestartForgetsEverything() {
        try (RedisServer server = APPEND_ONLY.start()) {
            int port = server.port();
            server.execute("SET", "key", "value");

            server.restartEmpty();

            assertThat(server.execute("DBSIZE")).isEqualTo(0L);
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.execute("CONFIG", "GET", "appendonly")).isEqualTo(List.of("appendonly", "yes"));
        }
    }

    @Test
    void anOrderlyStopWritesTheSnapshotThatItsOptionsAskFor() {
        try (RedisServer server = RedisServer.with("save", "3600", "1").start()) {
            server.execute("SET", "key", "kept");

            server.stop();
            server.stop();
            assertThat(server.isRunning()).isFalse();
            server.restart();

            assertThat(server.execute("GET", "key")).isEqualTo("kept");
        }
    }

    @Test
    void aServerWithoutPersistenceForgetsEverythingWhenKilled() {
        try (RedisServer server = RedisServer.start()) {
            server.execute("SET", "key", "value");
            server.kill();
            server.kill();
            server.restart();
            assertThat(server.execute("GET", "key")).isNull();
        }
    }

    @Test
    void aPausedServerIsSilentUntilItIsResumed() throws Exception {
        try (RedisServer server = RedisServer.start();
                Socket socket = new Socket(server.host(), server.port())) {
            server.pause();
            server.pause();
            assertThat(server.isRunning()).isTrue();
            socket.setSoTimeout(150);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read());
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.execute("PING"))
                    .withMessageContaining("resume() it first");
            assertThatIllegalStateException().isThrownBy(server::stop).withMessageContaining("is paused");

            server.resume();
            server.resume();

            socket.setSoTimeout(5_000);
            assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
                    .isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void aPausedServerCanBeKilledAndRestarted() {
        try (RedisServer server = RedisServer.start()) {
            server.pause();
            server.kill();
            server.restart();
            assertThat(server.execute("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aRestartWaitsForThePortToBecomeFree() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.kill();
            try (ServerSocket thief = new ServerSocket(server.port(), 1, InetAddress.getByName(server.host()))) {
                Thread restart = new Thread(server::restart);
                restart.start();
                restart.join(200);
                assertThat(restart.isAlive()).isTrue();
                thief.close();
                restart.join();
            }
            assertThat(server.execute("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aServerThatEndsByItselfIsNotRunning() {
        try (RedisServer server = RedisServer.start()) {
            long pid = server.pid();
            assertThatIllegalStateException().isThrownBy(() -> server.execute("SHUTDOWN", "NOSAVE"));
            Polling.until(Duration.ofSeconds(5), () -> !server.isRunning(), () -> "It is still running");
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThatIllegalStateException().isThrownBy(server::pid).withMessageContaining("is not running");
            assertThatIllegalStateException().isThrownBy(server::pause).withMessageContaining("restart() it first");
            assertThatIllegalStateException().isThrownBy(server::resume);
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.execute("PING"))
                    .withMessageContaining("cannot execute PING");
        }
    }

    @Test
    void closingLeavesNoProcessNoDirectoryAndAFreePort() {
        RedisServer server = APPEND_ONLY.start();
        server.execute("SET", "key", "value");
        long pid = server.pid();
        Path directory = directoryOf(server);
        long shell = ProcessHandle.of(pid).orElseThrow().parent().orElseThrow().pid();
        assertThat(directory).isNotEmptyDirectory();

        server.close();
        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(ProcessHandle.of(shell)).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(FreePorts.isFree(server.port())).isTrue();
        assertThat(server.isRunning()).isFalse();
        assertThatIllegalStateException().isThrownBy(server::restart).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(server::kill);
        assertThatIllegalStateException().isThrownBy(() -> server.execute("PING"));
    }

    @Test
    void aPausedOrKilledServerCanBeClosed() {
        RedisServer paused = RedisServer.start();
        RedisServer killed = RedisServer.start();
        long pid = paused.pid();
        Path directory = directoryOf(killed);
        paused.pause();
        killed.kill();

        paused.close();
        killed.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aKilledShellTakesItsServerWithIt() {
        try (RedisServer server = RedisServer.start()) {
            ProcessHandle shell =
                    ProcessHandle.of(server.pid()).orElseThrow().parent().orElseThrow();
            Path directory = directoryOf(server);
            shell.destroyForcibly();
            Polling.until(
                    Duration.ofSeconds(5), () -> FreePorts.isFree(server.port()), () -> "The server is still there");
            // behind a binary that was extracted, which the next server would start with
            Polling.until(Duration.ofSeconds(5), () -> !Files.exists(directory), () -> "The directory is still there");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void aFailedStartLeavesNoDirectory(@TempDir Path logs) {
        Path log = logs.resolve("directory-of-the-server");
        Path server = Scripts.write(
                logs.resolve("redis-server"),
                "case $1 in --version) echo 'Redis server v=7.0.0' ;; *) pwd >'%s' ;; esac".formatted(log));
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.binary(server.toString()).start());
        assertThat(log).exists();
        assertThat(log)
                .content()
                .satisfies(directory -> assertThat(Path.of(directory.strip())).doesNotExist());
    }

    private static Path directoryOf(RedisServer server) {
        return Path.of(String.valueOf(((List<?>) server.execute("CONFIG", "GET", "dir")).get(1)));
    }
}
