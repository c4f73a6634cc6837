package io.pottery.benchmarks.sketch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.BitFieldArgs;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pottery.sketch.BloomFilterOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A BITFIELD for each element, all in one pipeline, on as many bits as Pottery takes. One hash makes the offsets of an
 * element. A single BITFIELD for a thousand elements would take Redis several times as long.
 */
final class LettuceFilters implements Filters {

    private static final BitFieldArgs.BitFieldType BIT = BitFieldArgs.unsigned(1);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String name;
    private final long bits;
    private final int hashes;

    LettuceFilters(String uri, String name, int elements, double falsePositives) {
        BloomFilterOptions options = new BloomFilterOptions(elements, falsePositives);
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
        this.name = name;
        this.bits = options.bits();
        this.hashes = options.hashes();
        connection.setAutoFlushCommands(false);
    }

    @Override
    public boolean add(String element) {
        return addAll(List.of(element));
    }

    @Override
    public boolean addAll(List<String> elements) {
        return count(elements, (each, offset) -> each.set(BIT, offset, 1)) < elements.size();
    }

    @Override
    public boolean contains(String candidate) {
        return count(List.of(candidate)) > 0;
    }

    @Override
    public long count(List<String> candidates) {
        return count(candidates, (each, offset) -> each.get(BIT, offset));
    }

    /** Sends {@code step} for each bit of each of {@code elements}, and counts those whose bits were all set. */
    private long count(List<String> elements, ObjIntConsumer<BitFieldArgs> step) {
        List<RedisFuture<List<Long>>> replies = elements.stream()
                .map(element -> connection.async().bitfield(name, steps(element, step)))
                .toList();
        connection.flushCommands();
        return replies.stream()
                .filter(reply -> !LettuceFutures.awaitOrCancel(reply, 1, TimeUnit.MINUTES)
                        .contains(0L))
                .count();
    }

    private BitFieldArgs steps(String element, ObjIntConsumer<BitFieldArgs> step) {
        long[] hash = MurmurHash3.hash128x64(element.getBytes(UTF_8));
        BitFieldArgs steps = new BitFieldArgs();
        for (int i = 0; i < hashes; i++) {
            step.accept(steps, (int) Math.floorMod(hash[0] + i * hash[1], bits));
        }
        return steps;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
