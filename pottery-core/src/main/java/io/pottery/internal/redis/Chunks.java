package io.pottery.internal.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts many arguments into pieces that a server takes without holding up others: at most 1,000 elements, or 512 KiB, a
 * piece. An element of {@code stride} arguments (a field and its value, say) is never cut apart.
 */
public final class Chunks {

    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_BYTES = 512 << 10;

    /** How many elements one step may take that must be whole. */
    public static final int MAX_WHOLE_ELEMENTS = 1_000_000;

    /** How many bytes one step may take that must be whole. */
    public static final int MAX_WHOLE_BYTES = 64 << 20;

    private static final byte MSGPACK_ARRAY_32 = (byte) 0xdd;
    private static final byte MSGPACK_STRING_32 = (byte) 0xdb;

    private Chunks() {}

    /** Cuts {@code args} into chunks, each the arguments of one command. */
    public static List<List<byte[]>> of(List<byte[]> args, int stride) {
        List<List<byte[]>> chunks = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int element = 0; element < args.size(); element += stride) {
            long size = bytesOf(args.subList(element, element + stride));
            if (element > start && (element - start == MAX_ELEMENTS * stride || bytes + size > MAX_BYTES)) {
                chunks.add(args.subList(start, element));
                start = element;
                bytes = 0;
            }
            bytes += size;
        }
        if (start < args.size()) {
            chunks.add(args.subList(start, args.size()));
        }
        return chunks;
    }

    /**
     * Cuts {@code args} into slices for a script that must see all of them at once. Each slice is a MessagePack array,
     * which {@code cmsgpack.unpack} opens.
     *
     * @throws IllegalArgumentException if they are more than one script may take
     */
    public static byte[][] packed(RedisKey key, List<byte[]> args, int stride) {
        requireWhole(key, args.size() / stride, bytesOf(args));
        return of(args, stride).stream().map(Chunks::pack).toArray(byte[][]::new);
    }

    /**
     * Refuses a step that must be whole but is too large to be one.
     *
     * @throws IllegalArgumentException if there are more than 1,000,000 elements or 64 MiB
     */
    public static void requireWhole(RedisKey key, long elements, long bytes) {
        if (elements > MAX_WHOLE_ELEMENTS || bytes > MAX_WHOLE_BYTES) {
            throw new IllegalArgumentException(
                    "%d elements of %d bytes are too much for one atomic step on %s: the limits are %d and %d; do it in parts"
                            .formatted(elements, bytes, key, MAX_WHOLE_ELEMENTS, MAX_WHOLE_BYTES));
        }
    }

    private static byte[] pack(List<byte[]> args) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        putHeader(packed, MSGPACK_ARRAY_32, args.size());
        for (byte[] arg : args) {
            putHeader(packed, MSGPACK_STRING_32, arg.length);
            packed.writeBytes(arg);
        }
        return packed.toByteArray();
    }

    private static void putHeader(ByteArrayOutputStream packed, byte type, int length) {
        packed.writeBytes(ByteBuffer.allocate(5).put(type).putInt(length).array());
    }

    private static long bytesOf(List<byte[]> args) {
        long bytes = 0;
        for (byte[] arg : args) {
            bytes += arg.length;
        }
        return bytes;
    }
}
