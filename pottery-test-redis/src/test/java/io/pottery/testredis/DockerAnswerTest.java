package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerAnswerTest {

    @TempDir
    Path directory;

    @Test
    void isYesIfTheSocketSaysSo() throws IOException {
        try (ServerSocketChannel engine = engineAnswering("HTTP/1.0 200 OK\r\n\r\nOK")) {
            assertThat(DockerAnswer.ask(dockerHost(), directory))
                    .isEqualTo(new DockerAnswer(true, "Docker answers on unix://" + socket()));
        }
    }

    @Test
    void isNoIfSomethingElseAnswers() throws IOException {
        try (ServerSocketChannel engine = engineAnswering("-ERR unknown command\r\n")) {
            assertThat(DockerAnswer.ask(dockerHost(), directory))
                    .isEqualTo(new DockerAnswer(false, "what answers on unix://%s is not Docker".formatted(socket())));
        }
    }

    @Test
    void isNoIfNobodyListens() {
        DockerAnswer answer = DockerAnswer.ask(dockerHost(), directory);
        assertThat(answer.positive()).isFalse();
        assertThat(answer.text()).startsWith("Docker does not answer on unix://" + socket());
    }

    @Test
    void isNoIfTheEngineIsOnAnotherMachine() {
        DockerAnswer answer = DockerAnswer.ask(Map.of("DOCKER_HOST", "tcp://192.0.2.1:2375"), directory);
        assertThat(answer.positive()).isFalse();
        assertThat(answer.text()).contains("another machine");
    }

    @Test
    void isNoIfTheAddressIsNotUnderstood() {
        DockerAnswer answer = DockerAnswer.ask(Map.of("DOCKER_HOST", "ssh://somebody@somewhere"), directory);
        assertThat(answer.positive()).isFalse();
        assertThat(answer.text()).contains("only unix:// and tcp:// are understood");
    }

    private ServerSocketChannel engineAnswering(String answer) throws IOException {
        ServerSocketChannel engine =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
        Thread thread = new Thread(() -> {
            try (SocketChannel client = engine.accept()) {
                client.read(ByteBuffer.allocate(1024));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        return engine;
    }

    private Map<String, String> dockerHost() {
        return Map.of("DOCKER_HOST", "unix://" + socket());
    }

    private Path socket() {
        return directory.resolve("docker.sock");
    }
}
