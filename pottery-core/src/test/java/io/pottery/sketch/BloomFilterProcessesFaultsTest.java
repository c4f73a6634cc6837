package io.pottery.sketch;

import static java.util.Collections.frequency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.testing.ChildJvm;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Several processes fill one Bloom filter and one HyperLogLog, while their server is stopped again and again. A longer
 * form: {@code ./mvnw -pl pottery-core -am test -Dtest=BloomFilterProcessesFaultsTest -Dsketch.elements=1000000
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BloomFilterProcessesFaultsTest {

    private static final int ELEMENTS = Integer.getInteger("sketch.elements", 100_000);
    private static final int PROCESSES = 4;
    private static final BloomFilterOptions OPTIONS = new BloomFilterOptions(ELEMENTS, 0.01);

    /** A tenth of the bits that are set when all elements are in: half of those that there are. */
    private static final long SOME_BITS = OPTIONS.bits() / 2 / 10;

    private final String filterKey = TestRedis.freshKey();
    private final String countedKey = TestRedis.freshKey();
    private final RedisServer server = RedisServer.start();
    private final LettuceConnectionFactory connections = TestRedis.connect(server);
    private final List<ChildJvm> workers = new ArrayList<>();

    private final BitSet acknowledged = new BitSet();
    private final List<String> failures = new ArrayList<>();
    private int done;

    @AfterEach
    void end() {
        workers.forEach(ChildJvm::close);
        connections.destroy();
        server.close();
    }

    @Test
    void holdsWhatAllProcessesHaveAddedWhileTheServerWasStopped() throws InterruptedException {
        start();
        assertThat(stopServerUntilAllIsAdded()).isGreaterThanOrEqualTo(3);
        assertThat(failures).isEmpty(); // the server stops for far less than the time that a call waits for it
        assertThat(acknowledged.cardinality()).isEqualTo(ELEMENTS);

        PotteryFactory pottery = PotteryFactory.create(connections);
        BloomFilter<Integer> filter = pottery.bloomFilter(filterKey, pottery.json(Integer.class), OPTIONS);
        List<Integer> added = acknowledged.stream().boxed().toList();
        List<Integer> others = IntStream.range(ELEMENTS, 2 * ELEMENTS).boxed().toList();
        assertThat(frequency(filter.containsMany(added), false)).isZero();
        assertThat(frequency(filter.containsMany(others), true))
                .isLessThanOrEqualTo((int) (1.2 * OPTIONS.falsePositives() * ELEMENTS));
        assertThat(filter.approximateSize()).isCloseTo(ELEMENTS, withinPercentage(2));
        assertThat(pottery.hyperLogLog(countedKey, Integer.class).count()).isCloseTo(ELEMENTS, withinPercentage(2));

        String parametersKey = "{" + filterKey + "}:parameters";
        assertThat((List<?>) server.execute("KEYS", "*"))
                .map(String::valueOf)
                .containsExactlyInAnyOrder(filterKey, parametersKey, countedKey);
        assertThat(server.execute("GET", parametersKey))
                .isEqualTo("{\"falsePositives\": 0.01, \"numElements\": %d}".formatted(ELEMENTS));
    }

    private void start() throws InterruptedException {
        int from = 0;
        for (int i = 1; i <= PROCESSES; i++) {
            int to = (int) ((long) ELEMENTS * i / PROCESSES);
            workers.add(ChildJvm.start(
                    SketchWorker.class,
                    Stream.of(server.port(), filterKey, countedKey, ELEMENTS, OPTIONS.falsePositives(), from, to)
                            .map(String::valueOf)
                            .toArray(String[]::new)));
            from = to;
        }
        for (ChildJvm worker : workers) {
            assertThat(worker.nextLine()).isEqualTo("ready");
        }
        workers.forEach(worker -> worker.send("go"));
    }

    /** Returns how often the server was stopped: each time that the filter had grown. */
    private int stopServerUntilAllIsAdded() throws InterruptedException {
        int stops = 0;
        while (true) {
            long bits = setBits();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        hear(Duration.ZERO);
                        return done == PROCESSES || setBits() > bits + SOME_BITS;
                    });
            if (done == PROCESSES) {
                return stops;
            }
            server.pause();
            hear(Duration.ofMillis(30)); // all of them wait for the server then
            server.resume();
            stops++;
        }
    }

    /** Notes what the workers say, until none of them says anything for so long, one after the other. */
    private void hear(Duration silence) throws InterruptedException {
        boolean silent = false;
        while (!silent) {
            silent = true;
            for (ChildJvm worker : workers) {
                Optional<String> line = worker.poll(silence);
                line.ifPresent(this::note);
                silent &= line.isEmpty();
            }
        }
    }

    private void note(String line) {
        if (line.equals("done")) {
            done++;
        } else if (line.startsWith("failed")) {
            failures.add(line);
        } else {
            String[] range = line.split(" ");
            acknowledged.set(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
        }
    }

    private long setBits() {
        return Long.parseLong(String.valueOf(server.execute("BITCOUNT", filterKey)));
    }
}
