package io.pottery.sketch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Which bits of a Bloom filter belong to an element: the MurmurHash3 (x86, 32 bits, signed) of its JSON with each of
 * the seeds 0, 1, 2..., modulo the number of bits; as Python Pottery has it.
 *
 * @param bits how many bits the filter has
 * @param hashes how many of them belong to an element
 */
record BitOffsets(long bits, int hashes) {

    BitOffsets(BloomFilterOptions options) {
        this(options.bits(), options.hashes());
    }

    /** How many bytes the filter has at most. */
    long bytes() {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The offsets of {@code element}, each in four bytes, the lowest first, as the scripts take them. */
    byte[] of(byte[] element) {
        ByteBuffer offsets = ByteBuffer.allocate(hashes * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int seed = 0; seed < hashes; seed++) {
            offsets.putInt((int) offset(element, seed));
        }
        return offsets.array();
    }

    /** Sets the bits of {@code element} in {@code bitmap}, whose first bit is the highest of its first byte. */
    void set(byte[] element, byte[] bitmap) {
        for (int seed = 0; seed < hashes; seed++) {
            long offset = offset(element, seed);
            bitmap[(int) (offset / Byte.SIZE)] |= (byte) (0x80 >> (offset % Byte.SIZE));
        }
    }

    private long offset(byte[] element, int seed) {
        return Math.floorMod((long) MurmurHash3.hash32x86(element, 0, element.length, seed), bits);
    }
}
