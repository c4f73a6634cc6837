package io.pottery.testredis;

import io.pottery.testredis.Chunk.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A client's connection to a proxy, and the proxy's to the server on its behalf. */
final class ProxiedConnection {

    private static final int RESET_ON_CLOSE = 0;

    private final SocketChannel client;
    private final SocketChannel server;
    private final Faults faults;
    private final Consumer<ProxiedConnection> atEnd;
    private final AtomicInteger directions = new AtomicInteger(2);

    ProxiedConnection(SocketChannel client, Faults faults, Consumer<ProxiedConnection> atEnd) throws IOException {
        this.client = client;
        this.server = SocketChannel.open();
        this.faults = faults;
        this.atEnd = atEnd;
    }

    /** Connects to the server, and goes on in other threads. */
    void connect(InetSocketAddress address, Executor threads) {
        try {
            faults.awaitOpening(this);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.connect(address);
            start(new Pump(this, faults, Kind.REQUEST, client, server), threads);
            start(new Pump(this, faults, Kind.REPLY, server, client), threads);
        } catch (IOException | InterruptedException | RejectedExecutionException impossible) {
            reset();
        }
    }

    boolean isOpen() {
        return client.isOpen();
    }

    /** Closes both connections once no direction has anything left to deliver. */
    void directionEnded() {
        if (directions.decrementAndGet() == 0) {
            close();
        }
    }

    /** Closes both connections at once, so that both sides see a reset. */
    void reset() {
        resetOnClose(client);
        resetOnClose(server);
        close();
    }

    private void close() {
        try (client;
                server) {
            atEnd.accept(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faults.connectionClosed();
    }

    private static void start(Pump pump, Executor threads) {
        threads.execute(pump::takeIn);
        threads.execute(pump::deliver);
    }

    private static void resetOnClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, RESET_ON_CLOSE);
        } catch (IOException closed) {
            // There is nothing left to reset.
        }
    }
}
