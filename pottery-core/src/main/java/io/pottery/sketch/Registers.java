package io.pottery.sketch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash2;

/**
 * The registers of a HyperLogLog as Redis keeps them: 16,384 numbers of 6 bits.
 *
 * <p>An element is hashed to 64 bits. The lowest 14 choose a register, which keeps the greatest rank: one more than the
 * number of zeros at the low end of the other 50. Behind a head of 16 bytes, the registers are either all there
 * (dense), or told as runs of equal ones (sparse). Hash and encoding are those of {@code hyperloglog.c} in Redis and
 * Valkey, which keeps them, because strings with them are on disks.
 */
final class Registers {

    private static final byte[] MAGIC = "HYLL".getBytes(US_ASCII);

    private static final int HEAD = 16;
    private static final int ENCODING_AT = 4;
    private static final byte DENSE = 0;
    private static final byte SPARSE = 1;

    private static final int INDEX_BITS = 14;
    private static final int COUNT = 1 << INDEX_BITS;
    private static final int REGISTER_BITS = 6;
    private static final int DENSE_BYTES = COUNT * REGISTER_BITS / Byte.SIZE;
    private static final int SEED = 0xadc83b19;

    /** How many bytes there are at the most: each register a run of its own. */
    static final int MAX_BYTES = HEAD + COUNT;

    private final byte[] ranks;

    private Registers(byte[] ranks) {
        this.ranks = ranks;
    }

    /**
     * Reads the registers of {@code stored}.
     *
     * @throws IllegalArgumentException if that is no HyperLogLog, or a damaged one
     */
    static Registers of(byte[] stored) {
        if (stored.length < HEAD || !Arrays.equals(MAGIC, Arrays.copyOf(stored, MAGIC.length))) {
            throw new IllegalArgumentException("it does not have the head of one");
        }
        ByteBuffer body = ByteBuffer.wrap(stored, HEAD, stored.length - HEAD);
        return new Registers(
                switch (stored[ENCODING_AT]) {
                    case DENSE -> dense(body);
                    case SPARSE -> sparse(body);
                    default -> throw new IllegalArgumentException("its encoding is unknown");
                });
    }

    /** Whether adding {@code element} would change nothing. */
    boolean hold(byte[] element) {
        long hash = MurmurHash2.hash64(element, element.length, SEED);
        int index = (int) hash & (COUNT - 1);
        int rank = Long.numberOfTrailingZeros(hash >>> INDEX_BITS | 1L << (Long.SIZE - INDEX_BITS)) + 1;
        return ranks[index] >= rank;
    }

    /** One after the other, each beginning at the lowest bit that is free. */
    private static byte[] dense(ByteBuffer body) {
        if (body.remaining() != DENSE_BYTES) {
            throw new IllegalArgumentException("it has not as many registers as it should");
        }
        byte[] ranks = new byte[COUNT];
        int bits = 0;
        int available = 0;
        for (int i = 0; i < COUNT; i++) {
            if (available < REGISTER_BITS) {
                bits |= Byte.toUnsignedInt(body.get()) << available;
                available += Byte.SIZE;
            }
            ranks[i] = (byte) (bits & (1 << REGISTER_BITS) - 1);
            bits >>>= REGISTER_BITS;
            available -= REGISTER_BITS;
        }
        return ranks;
    }

    /** Runs: 00llllll zeros, 01llllll llllllll zeros, 1rrrrrll registers of rank r + 1; each length is one less. */
    private static byte[] sparse(ByteBuffer body) {
        byte[] ranks = new byte[COUNT];
        int at = 0;
        try {
            while (body.hasRemaining()) {
                int run = Byte.toUnsignedInt(body.get());
                int length;
                if ((run & 0x80) != 0) {
                    length = (run & 0x03) + 1;
                    Arrays.fill(ranks, at, at + length, (byte) ((run >> 2 & 0x1f) + 1));
                } else if ((run & 0x40) != 0) {
                    length = ((run & 0x3f) << Byte.SIZE | Byte.toUnsignedInt(body.get())) + 1;
                } else {
                    length = run + 1;
                }
                at += length;
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("its runs of registers have no end", e);
        }
        if (at != COUNT) {
            throw new IllegalArgumentException("it has not as many registers as it should");
        }
        return ranks;
    }
}
