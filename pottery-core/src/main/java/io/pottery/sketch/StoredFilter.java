package io.pottery.sketch;

import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Bulk;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.Pipeline;
import io.pottery.internal.redis.RedisKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A Bloom filter in Redis, in bytes: a string of bits, and beside it the parameters that it was made with, which every
 * call compares. Each method is one atomic step and one round trip, unless it says otherwise.
 */
final class StoredFilter {

    private static final RedisScript<List<Object>> ADD = script("bloom_add.lua");
    private static final RedisScript<List<Object>> CONTAINS = script("bloom_contains.lua");
    private static final RedisScript<List<Object>> COUNT = script("bloom_count.lua");
    private static final RedisScript<List<Object>> COMBINE = script("bloom_combine.lua");
    private static final RedisScript<Boolean> POPULATE =
            Lua.script(StoredFilter.class, "bloom_populate.lua", Boolean.class);

    private static final int PARTS_OF_ANOTHER = 4;

    private final RedisKey bits;
    private final RedisKey parameters;
    private final BitOffsets offsets;
    private final BloomFilterOptions options;
    private final Codec<BloomFilterOptions> codec;
    private final byte[] meant;
    private final ElementByElement adds;
    private final ElementByElement lookups;

    /** Opens the filter at {@code key}, whose parameters {@code codec} writes; sends nothing. */
    StoredFilter(RedisKey key, BloomFilterOptions options, Codec<BloomFilterOptions> codec) {
        this.bits = key;
        this.parameters = key.beside(DataType.STRING, "parameters");
        this.offsets = new BitOffsets(options);
        this.options = options;
        this.codec = codec;
        this.meant = codec.encode(options);
        this.adds = new ElementByElement(ADD, parameters, offsets, ByteBuffer.wrap(meant));
        this.lookups = new ElementByElement(CONTAINS, parameters, offsets, ByteBuffer.wrap(meant));
    }

    /** Adds {@code element}, and tells whether that has changed anything. */
    boolean add(byte[] element) {
        return forOne(adds, element);
    }

    /** Whether {@code element} may be here. */
    boolean has(byte[] element) {
        return forOne(lookups, element);
    }

    private boolean forOne(ElementByElement bulk, byte[] element) {
        byte[] digits = (byte[])
                own(bits.reply(bulk, offsets.of(element)), List.of(this)).get(0);
        return digits[0] == '1';
    }

    /** Adds {@code elements}, and tells of each whether it has changed anything. Chunked like {@link #hasEach}. */
    List<Boolean> addEach(List<byte[]> elements) {
        return forEach(adds, elements);
    }

    /** Whether each of {@code elements} may be here, in their order. Chunked and pipelined beyond 1,000. */
    List<Boolean> hasEach(List<byte[]> elements) {
        return forEach(lookups, elements);
    }

    private List<Boolean> forEach(ElementByElement bulk, List<byte[]> elements) {
        List<byte[][]> chunks = Chunks.of(elements.stream().map(offsets::of).toList(), 1).stream()
                .map(bulk::args)
                .toList();
        List<Boolean> answers = new ArrayList<>(elements.size());
        for (List<Object> reply : bits.replies(bulk.script, bulk.others(), chunks)) {
            for (byte digit : (byte[]) own(reply, List.of(this)).get(0)) {
                answers.add(digit == '1');
            }
        }
        return answers;
    }

    /** How many bits are set. O(bits). */
    long count() {
        long set = (Long) own(bits.reply(COUNT, List.of(parameters), args()), List.of(this))
                .get(0);
        return Math.min(set, offsets.bits());
    }

    /** Stores the filter of {@code elements}, if the key does not exist yet. */
    void populate(List<byte[]> elements) {
        if (elements.size() > Chunks.MAX_WHOLE_ELEMENTS || offsets.bytes() > Chunks.MAX_WHOLE_BYTES) {
            throw new IllegalArgumentException(
                    "%s has %d bytes and cannot be populated with %d elements, because one step takes at most %d and %d: use addAll"
                            .formatted(
                                    bits,
                                    offsets.bytes(),
                                    elements.size(),
                                    Chunks.MAX_WHOLE_BYTES,
                                    Chunks.MAX_WHOLE_ELEMENTS));
        }
        byte[] bitmap = new byte[(int) offsets.bytes()];
        elements.forEach(element -> offsets.set(element, bitmap));
        if (!bits.reply(POPULATE, List.of(parameters), Lua.args(meant, trimmed(bitmap)))) {
            throw bits.exists();
        }
    }

    /** Changes this filter into what {@code operation} of BITOP makes of it and {@code other}. O(bits). */
    void combine(String operation, StoredFilter other) {
        if (!options.equals(other.options)) {
            throw new IllegalArgumentException("%s and %s cannot be combined, because one has %s, and the other %s"
                    .formatted(bits, other.bits, told(options), told(other.options)));
        }
        if (!bits.isTogetherWith(other.bits)) {
            throw new PotteryException(
                    "%s and %s cannot be combined, because they lie on different servers, or in different slots of a cluster: give both names one {hash tag}"
                            .formatted(bits, other.bits));
        }
        own(
                bits.reply(COMBINE, List.of(parameters, other.bits, other.parameters), args(operation)),
                List.of(this, other));
    }

    void delete() {
        bits.delete(List.of(parameters));
    }

    boolean expire(Duration timeToLive) {
        return bits.expire(timeToLive, List.of(parameters));
    }

    boolean persist() {
        return bits.persist(List.of(parameters));
    }

    /**
     * Returns {@code reply} if the script found what was meant.
     *
     * @param filters those that it looked at, in their order
     */
    private List<Object> own(List<Object> reply, List<StoredFilter> filters) {
        if (!isAnother(reply)) {
            return reply;
        }
        StoredFilter filter = filters.get(((Long) reply.get(0)).intValue() / 2);
        byte[] found = (byte[]) reply.get(2);
        if ((Long) reply.get(3) == 1) {
            throw new WrongTypeException(
                    "Expected a Bloom filter at %s, found a HyperLogLog: use another name, or the container that fits"
                            .formatted(filter.bits),
                    null);
        }
        String message = found.length == 0 || Arrays.equals(found, meant)
                ? "%s has %d bytes, and a Bloom filter with %s has at most %d"
                        .formatted(filter.bits, (Long) reply.get(1), told(options), offsets.bytes())
                : "%s was made with %s, as %s says, and is opened with %s"
                        .formatted(filter.bits, told(found), filter.parameters, told(options));
        throw new PotteryException(message + ": open it with what it was made with, or use another name");
    }

    private static boolean isAnother(List<Object> reply) {
        return reply.size() == PARTS_OF_ANOTHER;
    }

    private String told(byte[] found) {
        try {
            BloomFilterOptions others = codec.decode(found);
            return others == null ? "parameters that are null" : told(others);
        } catch (UndecodableValueException e) {
            return "parameters that cannot be read";
        }
    }

    private static String told(BloomFilterOptions options) {
        return "numElements=%d and falsePositives=%s".formatted(options.numElements(), options.falsePositives());
    }

    private byte[][] args(Object... further) {
        return Lua.args(Stream.concat(Stream.of(meant, offsets.bytes()), Stream.of(further))
                .toArray());
    }

    /** Has a script do one thing with each of many elements. */
    private record ElementByElement(
            RedisScript<List<Object>> script, RedisKey parameters, BitOffsets offsets, ByteBuffer meant)
            implements Bulk<List<Object>, List<Object>> {

        byte[][] args(List<byte[]> elements) {
            return Lua.args(meant.array(), offsets.bytes(), offsets.hashes(), joined(elements));
        }

        @Override
        public Pipeline.Step<List<Object>> step(RedisKey key, List<byte[][]> calls) {
            return key.step(script, others(), args(Bulk.joined(calls)));
        }

        @Override
        public List<RedisKey> others() {
            return List.of(parameters);
        }

        @Override
        public List<Object> replyTo(int index, List<Object> reply) {
            return isAnother(reply) ? reply : List.of(new byte[] {((byte[]) reply.get(0))[index]});
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** As Redis grows a string: up to the last byte that is not zero. */
    private static byte[] trimmed(byte[] bitmap) {
        int length = bitmap.length;
        while (length > 0 && bitmap[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bitmap, length);
    }

    private static RedisScript<List<Object>> script(String file) {
        return Lua.listScript(StoredFilter.class, "bloom_open.lua", file);
    }
}
