package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMillis(150);

    private final RedisServer server = RedisServer.start();
    private final FaultProxy proxy = FaultProxy.before(server);

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOn() throws IOException {
        String value = "x".repeat(2_000_000);
        try (RespConnection connection = new RespConnection(proxy.host(), proxy.port(), LIMIT);
                Client client = new Client()) {
            assertThat(connection.execute("SET", "large", value)).isEqualTo("OK");
            assertThat(connection.execute("GET", "large")).isEqualTo(value);
            client.send("PING");
            assertThat(client.line()).isEqualTo("+PONG");
        }
    }

    @Test
    void aClientThatClosesIsClosedAtTheServer() throws IOException {
        try (Client client = new Client()) {
            client.send("PING");
            assertThat(client.line()).isEqualTo("+PONG");
            assertThat(connectionsOfTheServer()).isEqualTo(2);
        }
        await(() -> connectionsOfTheServer() == 1);
    }

    @Test
    void whatAClientSentBeforeItStoppedSendingIsAnswered() throws IOException {
        try (Client client = new Client()) {
            client.send("PING");
            client.socket.shutdownOutput();
            assertThat(client.line()).isEqualTo("+PONG");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void aServerThatEndsEndsItsConnectionsAndComesBackUnderTheSameAddress() throws IOException {
        try (Client before = new Client()) {
            before.send("PING");
            assertThat(before.line()).isEqualTo("+PONG");
            server.kill();
            assertThat(before.isCut()).isTrue();
            try (Client during = new Client()) {
                assertThat(during.isCut()).isTrue();
            }
            server.restart();
            try (Client after = new Client()) {
                after.send("PING");
                assertThat(after.line()).isEqualTo("+PONG");
            }
        }
    }

    @Test
    void aBlackHoleHoldsBackRequestsAndDeliversThemInOrder() throws IOException {
        try (Client client = new Client()) {
            client.send("PING");
            assertThat(client.line()).isEqualTo("+PONG");

            proxy.blackHole();
            IntStream.range(0, 20).forEach(i -> client.send("RPUSH list " + i));
            assertThat(client.isSilent()).isTrue();
            assertThat(server.execute("EXISTS", "list")).isEqualTo(0L);

            proxy.resume();
            for (int i = 1; i <= 20; i++) {
                assertThat(client.line()).isEqualTo(":" + i);
            }
            assertThat(server.execute("LRANGE", "list", "0", "2")).isEqualTo(List.of("0", "1", "2"));
        }
    }

    @Test
    void aBlackHoleHoldsBackReplies() throws IOException {
        try (Client client = new Client()) {
            client.send("BLPOP list 0");
            await(() -> String.valueOf(server.execute("INFO", "clients")).contains("blocked_clients:1"));

            proxy.blackHole();
            server.execute("RPUSH", "list", "element");
            assertThat(client.isSilent()).isTrue();
            assertThat(server.execute("EXISTS", "list")).isEqualTo(0L);

            proxy.resume();
            assertThat(client.line()).isEqualTo("*2");
        }
    }

    @Test
    void aBlackHoleAcceptsClientsAndHidesThatTheServerEnds() throws IOException {
        try (Client before = new Client()) {
            before.send("PING");
            assertThat(before.line()).isEqualTo("+PONG");

            proxy.blackHole();
            server.kill();
            try (Client during = new Client()) {
                during.send("PING");
                assertThat(during.isSilent()).isTrue();
                assertThat(before.isSilent()).isTrue();
                server.restart();
                proxy.resume();
                assertThat(during.line()).isEqualTo("+PONG");
                assertThat(before.isCut()).isTrue();
            }
        }
    }

    @Test
    void connectionsThatAreThereCanBeABlackHoleToThemselves() throws IOException {
        try (Client before = new Client();
                Client idle = new Client()) {
            before.send("PING");
            assertThat(before.line()).isEqualTo("+PONG");

            proxy.blackHoleConnections();
            before.send("INCR counter");
            idle.send("INCR counter");
            assertThat(before.isSilent()).isTrue();
            assertThat(idle.isSilent()).isTrue();
            try (Client after = new Client()) {
                after.send("EXISTS counter");
                assertThat(after.line()).isEqualTo(":0");
            }

            proxy.resume();
            assertThat(List.of(before.line(), idle.line())).containsExactlyInAnyOrder(":1", ":2");
        }
    }

    @Test
    void repliesAreLostAfterTheirCommandsAreExecuted() throws IOException {
        try (Client client = new Client();
                Client idle = new Client()) {
            proxy.loseReplies();
            client.send("INCR counter");
            await(() -> "1".equals(server.execute("GET", "counter")));
            client.send("INCR counter");
            await(() -> "2".equals(server.execute("GET", "counter")));
            assertThat(client.isSilent()).isTrue();

            proxy.resume();
            assertThat(client.isCut()).isTrue();
            idle.send("INCR counter");
            assertThat(idle.line()).isEqualTo(":3");
        }
    }

    @Test
    void connectionsThatAreOutOfStepStaySilentInABlackHole() throws IOException {
        try (Client client = new Client()) {
            proxy.loseReplies();
            client.send("INCR counter");
            assertThat(client.isSilent()).isTrue();
            proxy.blackHole();
            client.send("INCR counter");
            assertThat(client.isSilent()).isTrue();

            proxy.resume();
            assertThat(client.isCut()).isTrue();
        }
    }

    @Test
    void oneReplyIsLostWithItsConnection() throws IOException {
        try (Client client = new Client();
                Client idle = new Client()) {
            idle.send("PING");
            assertThat(idle.line()).isEqualTo("+PONG");

            proxy.loseNextReply();
            client.send("INCR counter");
            assertThat(client.isReset()).isTrue();
            assertThat(server.execute("GET", "counter")).isEqualTo("1");

            idle.send("INCR counter");
            assertThat(idle.line()).isEqualTo(":2");
        }
    }

    @Test
    void aReplyThatNeedNotBeLostAnyMoreArrives() throws IOException {
        try (Client client = new Client()) {
            proxy.loseNextReply();
            proxy.resume();
            client.send("PING");
            assertThat(client.line()).isEqualTo("+PONG");
        }
    }

    @Test
    void droppedConnectionsAreReset() throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(new Client());
        }
        clients.get(0).send("BLPOP list 0");
        await(() -> String.valueOf(server.execute("INFO", "clients")).contains("blocked_clients:1"));

        proxy.dropConnections();

        for (Client client : clients) {
            assertThat(client.isReset()).isTrue();
            client.close();
        }
        await(() -> connectionsOfTheServer() == 1);
        try (Client after = new Client()) {
            after.send("PING");
            assertThat(after.line()).isEqualTo("+PONG");
        }
    }

    @Test
    void connectionsThatAreDroppedInABlackHoleSendNothingLater() throws IOException {
        try (Client client = new Client()) {
            proxy.blackHole();
            client.send("SET key value");
            proxy.dropConnections();
            assertThat(client.isReset()).isTrue();
            proxy.resume();
        }
        try (Client after = new Client()) {
            after.send("GET key");
            assertThat(after.line()).isEqualTo("$-1");
        }
        await(() -> connectionsOfTheServer() == 1);
    }

    @Test
    void connectionsAreRefusedUntilItIsResumed() throws IOException {
        try (Client client = new Client()) {
            int port = proxy.port();
            proxy.refuse();
            proxy.refuse();
            proxy.dropConnections();
            assertThat(client.isReset()).isTrue();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(Client::new);

            proxy.resume();
            assertThat(proxy.port()).isEqualTo(port);
            try (Client after = new Client()) {
                after.send("PING");
                assertThat(after.line()).isEqualTo("+PONG");
            }
        }
    }

    @Test
    void aBlackHoleEndsTheRefusalOfConnections() throws IOException {
        proxy.refuse();
        proxy.blackHole();
        try (Client client = new Client()) {
            client.send("PING");
            assertThat(client.isSilent()).isTrue();
            proxy.resume();
            assertThat(client.line()).isEqualTo("+PONG");
        }
    }

    @Test
    void bothDirectionsAreDelayed() throws IOException {
        Duration delay = Duration.ofMillis(100);
        try (Client client = new Client()) {
            proxy.delay(delay);
            long start = System.nanoTime();
            client.send("RPUSH list 1");
            client.send("RPUSH list 2");
            assertThat(client.line()).isEqualTo(":1");
            assertThat(client.line()).isEqualTo(":2");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay.multipliedBy(2));
        }
    }

    @Test
    void whatIsDelayedArrivesAtOnceWhenTheDelayEnds() throws IOException {
        try (Client client = new Client()) {
            proxy.delay(Duration.ofHours(1));
            client.send("PING");
            assertThat(client.isSilent()).isTrue();
            proxy.resume();
            assertThat(client.isSilent()).isTrue();
            proxy.delay(Duration.ZERO);
            assertThat(client.line()).isEqualTo("+PONG");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.delay(Duration.ofMillis(-1)))
                .withMessageContaining("-0.001");
    }

    @Test
    void closingLeavesNoThreadNoConnectionAndAFreePort() throws IOException {
        try (Client client = new Client();
                Client held = new Client()) {
            client.send("PING");
            assertThat(client.line()).isEqualTo("+PONG");
            assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
            proxy.blackHole();
            held.send("PING");

            proxy.close();
            proxy.close();

            assertThat(client.isReset()).isTrue();
            assertThat(held.isReset()).isTrue();
        }
        await(() -> threads().isEmpty());
        assertThat(connectionsOfTheServer()).isEqualTo(1);
        assertThat(FreePorts.isFree(proxy.port())).isTrue();
        assertThatIllegalStateException().isThrownBy(proxy::resume).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(proxy::dropConnections);
        assertThatIllegalStateException().isThrownBy(() -> proxy.delay(Duration.ZERO));
    }

    @Test
    void saysWhereItIs() {
        assertThat(proxy)
                .hasToString("Fault proxy on 127.0.0.1:%d before 127.0.0.1:%d".formatted(proxy.port(), server.port()));
    }

    private long connectionsOfTheServer() {
        return String.valueOf(server.execute("CLIENT", "LIST")).lines().count();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(FaultProxy.THREAD_NAME))
                .toList();
    }

    private static void await(BooleanSupplier holds) {
        Polling.until(LIMIT, holds, () -> "It did not happen");
    }

    /** A client that sends lines and reads lines. */
    private final class Client implements AutoCloseable {

        private final Socket socket = new Socket(proxy.host(), proxy.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

        Client() throws IOException {
            socket.setTcpNoDelay(true);
        }

        void send(String command) {
            try {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new AssertionError("'%s' could not be sent".formatted(command), e);
            }
        }

        String line() throws IOException {
            return line(LIMIT);
        }

        boolean isSilent() throws IOException {
            try {
                line(SILENCE);
                return false;
            } catch (SocketTimeoutException silent) {
                return true;
            }
        }

        boolean isReset() throws IOException {
            try {
                line();
                return false;
            } catch (SocketException e) {
                return e.getMessage().equals("Connection reset");
            }
        }

        /** Whether the connection is ended by the other side, in one way or another. */
        boolean isCut() throws IOException {
            try {
                return line() == null;
            } catch (SocketException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private String line(Duration limit) throws IOException {
            socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            return in.readLine();
        }
    }
}
