package io.pottery.testredis;

import io.pottery.testredis.Chunk.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One direction of a connection: takes in what comes at once, and delivers it when the faults let it. */
final class Pump {

    private static final int CHUNK_SIZE = 16 * 1024;

    private final ProxiedConnection connection;
    private final Faults faults;
    private final Kind kind;
    private final SocketChannel from;
    private final SocketChannel to;
    private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();

    Pump(ProxiedConnection connection, Faults faults, Kind kind, SocketChannel from, SocketChannel to) {
        this.connection = connection;
        this.faults = faults;
        this.kind = kind;
        this.from = from;
        this.to = to;
    }

    /** Takes in until this direction ends. */
    void takeIn() {
        Chunk chunk;
        do {
            chunk = read();
            underWay.add(chunk);
        } while (!chunk.isLast());
    }

    /** Delivers until this direction ends. */
    void deliver() {
        try {
            Chunk chunk;
            do {
                chunk = underWay.take();
                if (faults.admits(connection, chunk)) {
                    write(chunk);
                }
            } while (!chunk.isLast());
            connection.directionEnded();
        } catch (IOException | InterruptedException broken) {
            connection.reset();
        }
    }

    private Chunk read() {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_SIZE);
        try {
            return Chunk.of(from.read(bytes) < 0 ? Kind.END : kind, bytes.flip());
        } catch (IOException broken) {
            return Chunk.of(Kind.RESET, bytes);
        }
    }

    private void write(Chunk chunk) throws IOException {
        switch (chunk.kind()) {
            case END -> to.shutdownOutput();
            case RESET -> connection.reset();
            default -> {
                while (chunk.bytes().hasRemaining()) {
                    to.write(chunk.bytes());
                }
            }
        }
    }
}
