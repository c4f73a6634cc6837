package io.pottery.benchmarks.collection;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Servers;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A network before one server that delivers in order, half a round trip later, or as soon after as a thread wakes up,
 * where the proxy of the tests waits for whole milliseconds.
 */
final class SlowNetwork implements Closeable {

    private static final int BUFFER = 64 << 10;
    private static final int PINGS = 300;

    private final URI server;
    private final long delay;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private SlowNetwork(URI server, Duration roundTrip) throws IOException {
        this.server = server;
        this.delay = roundTrip.toNanos() / 2;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** A network before the server at {@code uri}. */
    static SlowNetwork before(String uri, Duration roundTrip) throws IOException {
        SlowNetwork network = new SlowNetwork(URI.create(uri), roundTrip);
        network.start(network::accept);
        return network;
    }

    /** Where clients find it. */
    String uri() {
        return Servers.uri(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** How long a PING takes, after some that nobody looks at. */
    Latencies pings() {
        try (RedisClient client = RedisClient.create(uri())) {
            RedisCommands<String, String> redis = client.connect().sync();
            Latencies latencies = new Latencies();
            for (int i = -PINGS; i < PINGS; i++) {
                long begun = System.nanoTime();
                redis.ping();
                if (i >= 0) {
                    latencies.add(System.nanoTime() - begun);
                }
            }
            return latencies.done();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket behind = new Socket(server.getHost(), server.getPort());
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            pass(client, behind);
            pass(behind, client);
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        start(() -> takeIn(from, underWay));
        start(() -> deliver(underWay, to));
    }

    private void takeIn(Socket from, BlockingQueue<Chunk> underWay) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream()) {
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                underWay.add(new Chunk(System.nanoTime() + delay, Arrays.copyOf(buffer, length)));
            }
        } finally {
            underWay.add(new Chunk(System.nanoTime() + delay, new byte[0]));
        }
    }

    private static void deliver(BlockingQueue<Chunk> underWay, Socket to) throws IOException, InterruptedException {
        try (OutputStream out = to.getOutputStream()) {
            for (Chunk next = underWay.take(); next.bytes.length > 0; next = underWay.take()) {
                for (long early = next.early(); early > 0; early = next.early()) {
                    LockSupport.parkNanos(early);
                }
                out.write(next.bytes);
            }
        }
    }

    private void start(Work work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // One side has hung up, and the other learns of it.
            }
        });
    }

    /** Takes no more clients; those that are there are to be closed before. */
    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    /** Bytes, and when they are due; none at the end. */
    private record Chunk(long due, byte[] bytes) {

        long early() {
            return due - System.nanoTime();
        }
    }

    /** What a thread does until a connection ends. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
