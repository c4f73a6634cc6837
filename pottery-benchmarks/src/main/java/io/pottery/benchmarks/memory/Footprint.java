package io.pottery.benchmarks.memory;

import static java.util.stream.Collectors.toMap;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How many bytes Redis takes for an entry, in all keys that a library makes for it, by MEMORY USAGE. That leaves out
 * what Redis remembers about a key that ends by itself, some 32 bytes, of which a cache of Spring has one an entry.
 */
public final class Footprint implements Experiment {

    private static final List<Library> LIBRARIES = List.of(Library.POTTERY, Library.REDISSON, Library.SPRING);
    private static final List<Library> WITH_BLOOM_FILTER = List.of(Library.POTTERY, Library.REDISSON);
    private static final int MANY = 10_000;
    private static final int VERY_MANY = 100_000;

    private static final List<String> ELEMENTS = elements(MANY);

    private static final Map<String, String> ENTRIES =
            ELEMENTS.stream().collect(toMap(Function.identity(), element -> "the value of " + element));

    /** Made for the list of experiments. */
    public Footprint() {}

    private static List<String> elements(int count) {
        return IntStream.range(0, count).mapToObj(number -> "key " + number).toList();
    }

    @Override
    public void run(Figures figures) {
        try (RedisServer server = RedisServer.start();
                Measurement memory = new Measurement(figures, server)) {
            memory.of(1, "an entry of a dict", LIBRARIES, Stores::dict, ENTRIES, MANY);
            memory.of(2, "an element of a set", LIBRARIES, Stores::set, ELEMENTS, MANY);
            memory.of(3, "an element of a list", LIBRARIES, Stores::list, ELEMENTS, MANY);
            memory.of(4, "an element of a counter", LIBRARIES, Stores::counter, ELEMENTS, MANY);
            memory.of(5, "a result in a cache, which ends by itself", LIBRARIES, Stores::cache, ENTRIES, MANY);
            memory.of(
                    6,
                    "an element of a Bloom filter",
                    WITH_BLOOM_FILTER,
                    Stores::bloomFilter,
                    elements(VERY_MANY),
                    VERY_MANY);
            memory.of(7, "a HyperLogLog of 10,000 elements", LIBRARIES, Stores::hyperLogLog, ELEMENTS, 1);
        }
    }

    /** Measures on a server that nobody else uses. */
    private static final class Measurement implements AutoCloseable {

        private final Figures figures;
        private final String uri;
        private final RedisClient client;
        private final StatefulRedisConnection<String, String> connection;

        Measurement(Figures figures, RedisServer server) {
            this.figures = figures;
            this.uri = Servers.uris(List.of(server)).get(0);
            this.client = RedisClient.create(uri);
            this.connection = client.connect();
        }

        <C> void of(
                int order, String title, List<Library> libraries, BiConsumer<Stores, C> store, C content, int parts) {
            Line line = new Line("memory", order, title, Unit.BYTES);
            for (Library library : libraries) {
                connection.sync().flushall();
                try (Stores stores = Stores.open(library, uri)) {
                    store.accept(stores, content);
                }
                figures.add(line, library, bytes() / (double) parts);
            }
        }

        private long bytes() {
            List<RedisFuture<Long>> keys = ScanIterator.scan(connection.sync(), ScanArgs.Builder.limit(MANY)).stream()
                    .map(this::bytes)
                    .toList();
            return keys.stream()
                    .mapToLong(key -> LettuceFutures.awaitOrCancel(key, 1, TimeUnit.MINUTES))
                    .sum();
        }

        private RedisFuture<Long> bytes(String key) {
            return connection
                    .async()
                    .dispatch(
                            CommandType.MEMORY,
                            new IntegerOutput<>(StringCodec.UTF8),
                            new CommandArgs<>(StringCodec.UTF8)
                                    .add("USAGE")
                                    .addKey(key)
                                    .add("SAMPLES")
                                    .add(0));
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
