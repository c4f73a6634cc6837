package io.pottery.testredis;

import io.pottery.testredis.Faults.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A bad network in front of one server: a TCP proxy on a free port of 127.0.0.1 that holds back, loses, delays and cuts
 * what it is told to.
 *
 * <p>At first it passes everything on. What a fault method begins lasts until another one or {@link #resume()} is
 * called; {@link #delay(Duration)} goes with all of them. When a method returns, the fault is there: whatever is sent
 * afterwards meets it. A client whose server refuses connections is accepted by the proxy and reset.
 *
 * <p>All methods can be called from any thread. Using a proxy after {@link #close()} is an
 * {@link IllegalStateException}.
 */
public final class FaultProxy implements AutoCloseable {

    static final String THREAD_NAME = "fault-proxy";

    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final InetSocketAddress server;
    private final Faults faults = new Faults();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::thread);
    private final int port;
    private Listener listener;
    private boolean closed;

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        this.listener = Polling.firstOf(
                LISTEN_LIMIT, () -> listenOn(FreePorts.next(false)), () -> "No free port was left for a proxy");
        this.port = listener.port();
    }

    /**
     * A proxy before the server that listens on {@code host} and {@code port}, now or later.
     *
     * @throws IllegalStateException if there is no free port
     */
    public static FaultProxy before(String host, int port) {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    /** A proxy before {@code server}. */
    public static FaultProxy before(RedisServer server) {
        return before(server.host(), server.port());
    }

    /** The address that the proxy listens on: always {@code 127.0.0.1}. */
    public String host() {
        return RedisServer.HOST;
    }

    /** The port that the proxy listens on. */
    public int port() {
        return port;
    }

    /**
     * Keeps all connections and accepts new ones, but holds back what either side sends, the end of a connection
     * included. {@link #resume()} delivers it in order.
     */
    public synchronized void blackHole() {
        enter(Mode.HOLD);
    }

    /**
     * Holds back what either side of the connections that are there sends, as {@link #blackHole()} does; new ones are
     * not affected.
     */
    public synchronized void blackHoleConnections() {
        requireOpen();
        listener.accept();
        faults.hold(connections);
        listenAgain();
    }

    /**
     * Passes on what clients send, and throws away what the server answers. Connections that missed an answer are out
     * of step; {@link #resume()} resets them.
     */
    public synchronized void loseReplies() {
        enter(Mode.LOSE_REPLIES);
    }

    /**
     * Throws away what the server says next, on whichever connection, and resets that connection: a client's command is
     * executed, and the client never learns of it. Afterwards everything is passed on as before.
     */
    public synchronized void loseNextReply() {
        enter(Mode.LOSE_NEXT_REPLY);
    }

    /** Resets all connections that are there; new ones are accepted. */
    public synchronized void dropConnections() {
        requireOpen();
        listener.accept();
        resetAll();
    }

    /** Resets all connections and stops listening, as if the server's process were gone. */
    public synchronized void refuse() {
        requireOpen();
        listener.close();
        resetAll();
        faults.enter(Mode.PASS);
    }

    /**
     * Passes everything on again, and listens again on the same port if the proxy refused connections.
     *
     * @throws IllegalStateException if something else listens on that port
     */
    public synchronized void resume() {
        enter(Mode.PASS);
    }

    /**
     * Delivers later, by {@code delay}, what either side sends, in order; {@link Duration#ZERO} delivers at once. It
     * holds also for what is under way.
     */
    public synchronized void delay(Duration delay) {
        requireOpen();
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay must not be negative, this one is " + delay);
        }
        faults.delay(delay);
    }

    /** Resets all connections, stops listening, and ends all threads. Does nothing if the proxy is closed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            listener.close();
            resetAll();
            threads.shutdownNow();
        }
        try {
            if (!threads.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The threads of %s do not end".formatted(this));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the threads of " + this, e);
        }
    }

    @Override
    public String toString() {
        return "Fault proxy on %s:%d before %s:%d".formatted(host(), port, server.getHostString(), server.getPort());
    }

    private void enter(Mode mode) {
        requireOpen();
        faults.enter(mode);
        listenAgain();
    }

    private void listenAgain() {
        if (!listener.isOpen()) {
            listener = Polling.firstOf(
                    LISTEN_LIMIT,
                    () -> listenOn(port),
                    () -> "%s cannot listen again: something else has taken its port".formatted(this));
        }
    }

    private Optional<Listener> listenOn(int port) {
        try {
            Listener listener = Listener.on(new InetSocketAddress(RedisServer.HOST, port), this::welcome);
            threads.execute(listener::run);
            return Optional.of(listener);
        } catch (BindException taken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A proxy cannot listen on port %d".formatted(port), e);
        }
    }

    private void welcome(SocketChannel client) throws IOException {
        ProxiedConnection connection = new ProxiedConnection(client, faults, connections::remove);
        connections.add(connection);
        threads.execute(() -> connection.connect(server, threads));
    }

    private void resetAll() {
        connections.forEach(ProxiedConnection::reset);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed; make another one");
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, THREAD_NAME);
        thread.setDaemon(true);
        return thread;
    }
}
