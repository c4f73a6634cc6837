package io.pottery.testredis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether Docker can run a server here. Asked of its socket directly, because the same question put to Testcontainers
 * takes half a second and fills the log if the answer is no.
 *
 * @param text the answer in words, such as {@code Docker does not answer on ...}
 */
record DockerAnswer(boolean positive, String text) {

    private static final long MILLIS_TO_ANSWER = 3_000;
    private static final byte[] PING =
            "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    static DockerAnswer ask(Map<String, String> environment, Path home) {
        DockerAnswer answer = ping(environment, home);
        if (answer.positive() && !testcontainersIsThere()) {
            return new DockerAnswer(
                    false, "Docker answers, but org.testcontainers:testcontainers is not on the class path");
        }
        return answer;
    }

    static DockerAnswer ping(Map<String, String> environment, Path home) {
        String dockerHost = environment.getOrDefault("DOCKER_HOST", "");
        if (!dockerHost.isBlank()) {
            return ping(dockerHost);
        }
        List<Path> sockets = Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
                        home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock"))
                .filter(Files::exists)
                .toList();
        return sockets.stream()
                .map(socket -> ping("unix://" + socket))
                .reduce((first, second) -> first.positive() ? first : second)
                .orElse(new DockerAnswer(
                        false, "Docker is not running (DOCKER_HOST is not set and no socket is there)"));
    }

    private static DockerAnswer ping(String address) {
        try {
            return isPong(pinged(socketAddress(URI.create(address))))
                    ? new DockerAnswer(true, "Docker answers on " + address)
                    : new DockerAnswer(false, "what answers on %s is not Docker".formatted(address));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return new DockerAnswer(false, "Docker does not answer on %s (%s)".formatted(address, e.getMessage()));
        }
    }

    private static SocketAddress socketAddress(URI address) throws IOException {
        if ("unix".equals(address.getScheme())) {
            return UnixDomainSocketAddress.of(address.getPath());
        }
        if (!"tcp".equals(address.getScheme())) {
            throw new IOException("only unix:// and tcp:// are understood here");
        }
        InetAddress host = InetAddress.getByName(Objects.requireNonNullElse(address.getHost(), "localhost"));
        if (!host.isLoopbackAddress()) {
            throw new IOException("that is another machine, and the servers are needed on 127.0.0.1");
        }
        return new InetSocketAddress(host, address.getPort() < 0 ? 2375 : address.getPort());
    }

    private static String pinged(SocketAddress address) throws IOException {
        try (SocketChannel channel = open(address);
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(PING));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(MILLIS_TO_ANSWER) == 0) {
                throw new IOException("it accepts connections but says nothing");
            }
            ByteBuffer answer = ByteBuffer.allocate(1024);
            channel.read(answer);
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.connect(address);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isPong(String answer) {
        return answer.startsWith("HTTP/1.")
                && answer.lines().findFirst().orElse("").contains(" 200");
    }

    private static boolean testcontainersIsThere() {
        try {
            Class.forName("org.testcontainers.containers.GenericContainer", false, DockerAnswer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
