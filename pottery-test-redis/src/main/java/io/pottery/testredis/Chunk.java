package io.pottery.testredis;

import java.nio.ByteBuffer;

/**
 * What came in on one side of a connection, and has yet to go out on the other.
 *
 * @param arrival when it came in, by {@link System#nanoTime()}
 */
record Chunk(Kind kind, ByteBuffer bytes, long arrival) {

    enum Kind {
        REQUEST,
        REPLY,
        END,
        RESET
    }

    static Chunk of(Kind kind, ByteBuffer bytes) {
        return new Chunk(kind, bytes, System.nanoTime());
    }

    boolean isLast() {
        return kind == Kind.END || kind == Kind.RESET;
    }
}
