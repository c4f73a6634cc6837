package io.pottery.internal.redis;

import java.util.Arrays;
import java.util.List;

/**
 * One page of a hash or set.
 *
 * @param cursor where the next page begins; {@link #START} after the last one
 * @param items fields and values in turn for a hash, elements for a set
 */
public record ScanPage(byte[] cursor, List<byte[]> items) {

    /** Where the first page begins. */
    public static final byte[] START = {'0'};

    @SuppressWarnings("unchecked") // SCAN replies with a cursor and an array of bulk strings
    static ScanPage of(List<Object> reply) {
        return new ScanPage((byte[]) reply.get(0), (List<byte[]>) reply.get(1));
    }

    /** Whether this is the last page. */
    public boolean isLast() {
        return isEnd(cursor);
    }

    /** Whether {@code cursor} came with the last page. */
    public static boolean isEnd(byte[] cursor) {
        return Arrays.equals(cursor, START);
    }
}
