package io.pottery.testredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listening socket whose clients can be accepted by any thread: no client that is connected needs to be waited for.
 */
final class Listener {

    /** Takes a client in. */
    interface Door {
        void enter(SocketChannel client) throws IOException;
    }

    private final ServerSocketChannel channel = ServerSocketChannel.open();
    private final Selector selector = Selector.open();
    private final Door door;

    private Listener(Door door) throws IOException {
        this.door = door;
    }

    /**
     * Listens on {@code address}.
     *
     * @throws java.net.BindException if the port is taken
     */
    static Listener on(InetSocketAddress address, Door door) throws IOException {
        Listener listener = new Listener(door);
        try {
            listener.channel.bind(address);
            listener.channel.configureBlocking(false);
            listener.channel.register(listener.selector, SelectionKey.OP_ACCEPT);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Accepts clients as they come, until it is closed. */
    void run() {
        try {
            while (isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                accept();
            }
        } catch (ClosedSelectorException closed) {
            // That is its end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts all clients that are connected. */
    synchronized void accept() {
        if (!isOpen()) {
            return;
        }
        try {
            for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
                door.enter(client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No client can be accepted", e);
        }
    }

    /** Stops listening; afterwards no client comes in. */
    void close() {
        try {
            synchronized (this) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
