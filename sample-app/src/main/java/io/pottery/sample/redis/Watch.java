package io.pottery.sample.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection that is told of all that one server runs, commands of scripts included, as MONITOR has it. */
final class Watch {

    private static final int LIMIT_MILLIS = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * A server.
     *
     * @param name how the page calls it
     * @param database the number of the one whose keys are told of
     * @param login user name and password, or the password alone; empty where none is needed
     */
    record Server(String name, String host, int port, int database, List<String> login, SocketFactory sockets) {

        /** Shows no password. */
        @Override
        public String toString() {
            return name + " at " + host + ":" + port;
        }
    }

    private final Server server;
    private volatile @Nullable String failure;
    private volatile boolean refused;
    private volatile long failed = System.nanoTime() - PAUSE.toNanos();

    Watch(Server server) {
        this.server = server;
    }

    /** Whether it may be tried: not again where it is forbidden, and after a failure not at once. */
    boolean isDue() {
        return !refused && System.nanoTime() - failed >= PAUSE.toNanos();
    }

    /**
     * Hands each line to {@code lines} while {@code wanted}, and runs {@code begun} before the first; returns when it
     * is not wanted any more, or the server is gone.
     */
    void run(BooleanSupplier wanted, Runnable begun, Consumer<String> lines) {
        try (Socket socket = server.sockets().createSocket()) {
            if (socket instanceof SSLSocket secured) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS"); // it must be who it says
                secured.setSSLParameters(parameters);
            }
            socket.connect(new InetSocketAddress(server.host(), server.port()), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (!server.login().isEmpty()) {
                List<String> login = new ArrayList<>(List.of("AUTH"));
                login.addAll(server.login());
                require(socket, in, login);
            }
            require(socket, in, List.of("MONITOR"));
            failure = null;
            begun.run();
            while (wanted.getAsBoolean()) {
                try {
                    String line = in.readLine();
                    if (line == null) {
                        throw new IOException("it has closed the connection");
                    }
                    lines.accept(line);
                } catch (SocketTimeoutException quiet) {
                    // It is asked again whether anybody wants to know.
                }
            }
        } catch (IOException e) {
            failure = e.getMessage();
            failed = System.nanoTime();
        }
    }

    /** Why nothing is told, if the server is to blame. */
    @Nullable
    String failure() {
        return failure;
    }

    Server server() {
        return server;
    }

    private void require(Socket socket, BufferedReader in, List<String> command) throws IOException {
        String sent = command.stream()
                .map(word -> "$" + word.getBytes(StandardCharsets.UTF_8).length + "\r\n" + word + "\r\n")
                .collect(Collectors.joining("", "*" + command.size() + "\r\n", ""));
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
        String reply = in.readLine();
        if (reply == null) {
            throw new IOException("it has closed the connection");
        }
        if (!reply.startsWith("+")) {
            refused = true;
            throw new IOException("%s is refused: %s".formatted(command.get(0), reply));
        }
    }
}
