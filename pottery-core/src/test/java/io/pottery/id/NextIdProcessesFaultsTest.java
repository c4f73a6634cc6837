package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.id.History.Had;
import io.pottery.testing.ChildJvm;
import io.pottery.testing.FaultyServers;
import io.pottery.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several processes take ids of one sequence over five real masters, two of which are stopped or cut off again and
 * again. A longer form: {@code ./mvnw -pl pottery-core -am test -Dtest=NextIdProcessesFaultsTest
 * -Dpottery.faults.ids=10000000 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class NextIdProcessesFaultsTest {

    private static final int IDS = Integer.getInteger("pottery.faults.ids", 100_000);
    private static final int PROCESSES = 3;
    private static final int THREADS = 8;

    private static final FaultyServers FIVE = new FaultyServers();

    private static final String URIS = String.join(
            ",",
            FIVE.networks.stream()
                    .map(network -> "redis://%s:%d".formatted(network.host(), network.port()))
                    .toList());

    private final String name = TestRedis.freshKey();

    @AfterEach
    void heal() {
        FIVE.heal();
    }

    @AfterAll
    static void close() {
        FIVE.close();
    }

    // ID-01

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "stopped", "black hole"})
    void idsOfAllProcessesAreInOrder(String fault, @TempDir Path directory) throws Exception {
        int each = IDS / 3 / PROCESSES; // a third of them with each fault
        List<Path> files = files(directory);
        List<ChildJvm> workers = new ArrayList<>();
        int failed = 0;
        try {
            for (Path file : files) {
                workers.add(worker(1, THREADS, each, file));
            }
            begin(workers);
            for (ChildJvm worker : workers) {
                for (String line = disturbUntil(worker, fault); !line.equals("done"); line = worker.nextLine()) {
                    failed += Integer.parseInt(line.substring("failed ".length()));
                }
            }
        } finally {
            workers.forEach(ChildJvm::close);
        }
        assertThat(failed).isZero();
        History history = read(files);
        assertThat(history.size()).isEqualTo(each / THREADS * THREADS * PROCESSES);
        history.assertUnique();
        history.assertInOrder();
    }

    // ID-04

    @Test
    void blocksOfAProcessThatIsKilledAreNeverGivenOutAgain(@TempDir Path directory) throws Exception {
        List<Path> files = files(directory);
        try (ChildJvm one = worker(100, 2, 20_000, files.get(0));
                ChildJvm killed = worker(100, 2, 1_000_000, files.get(1));
                ChildJvm two = worker(100, 2, 20_000, files.get(2))) {
            begin(List.of(one, killed, two));
            await().until(() -> Files.exists(files.get(1)));
            killed.kill();
            for (ChildJvm worker : List.of(one, two)) {
                Optional<String> line = Optional.of("");
                while (!line.orElseThrow().equals("done")) {
                    line = Optional.of(worker.nextLine());
                }
            }
        }
        History history = new History();
        for (Path file : files) {
            History instance = read(List.of(file));
            instance.assertInOrder();
            assertThat(instance.size()).isPositive();
            history.addAll(instance);
        }
        assertThat(history.size()).isGreaterThan(40_000);
        NextId ids = FIVE.deployment.pottery().nextId(name);
        history.add(List.of(Had.from(ids::nextLong)));
        history.assertUnique();
    }

    private ChildJvm worker(int block, int threads, int ids, Path file) {
        return ChildJvm.start(
                IdWorker.class,
                URIS,
                name,
                Integer.toString(block),
                Integer.toString(threads),
                Integer.toString(ids),
                file.toString());
    }

    private static void begin(List<ChildJvm> workers) throws InterruptedException {
        for (ChildJvm worker : workers) {
            assertThat(worker.nextLine()).isEqualTo("ready");
        }
        workers.forEach(worker -> worker.send("go"));
    }

    /** Has two masters fail for a while, again and again, until {@code worker} says something. */
    private static String disturbUntil(ChildJvm worker, String fault) throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Optional<String> line = Optional.empty();
        while (line.isEmpty()) {
            if (!fault.equals("nothing")) {
                FIVE.fail(fault, 1, 3); // the same ones: connections that a fault has cost are not there at once
            }
            line = worker.poll(Duration.ofMillis(random.nextInt(200, 1_500)));
            FIVE.heal();
            if (line.isEmpty()) {
                line = worker.poll(Duration.ofMillis(random.nextInt(200)));
            }
        }
        return line.get();
    }

    private static List<Path> files(Path directory) {
        return IntStream.range(0, PROCESSES)
                .mapToObj(process -> directory.resolve("ids-" + process))
                .toList();
    }

    /** Without the last one of a process that was killed while it wrote. */
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n')).lines().toList();
    }

    private static History read(List<Path> files) throws IOException {
        History history = new History();
        for (Path file : files) {
            history.add(wholeLines(file).stream().map(Had::parse).toList());
        }
        return history;
    }
}
