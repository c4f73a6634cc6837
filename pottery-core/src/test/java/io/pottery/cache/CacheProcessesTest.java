package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.ChildJvm;
import io.pottery.testing.TestRedis;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches that several JVMs share. */
class CacheProcessesTest {

    private static final int PROCESSES = 3;
    private static final int THREADS = 200;
    private static final String ALL_SERVED = "done: 201 hits and misses, 0 failures"; // one of them looked at another

    private final String key = TestRedis.freshKey();
    private final List<ChildJvm> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(ChildJvm::close);
    }

    @Test
    void ofAllThreadsOfAllProcessesOneComputes() throws InterruptedException {
        Duration longerThanAnyPause = Duration.ofSeconds(100);
        for (int i = 0; i < PROCESSES; i++) {
            start(longerThanAnyPause, THREADS, Duration.ofMillis(300));
        }
        awaitAll();
        processes.forEach(process -> process.send("go"));
        List<String> lines = new ArrayList<>();
        for (ChildJvm process : processes) {
            lines.addAll(lines(process));
        }
        assertThat(lines).containsExactlyInAnyOrder("computing", ALL_SERVED, ALL_SERVED, ALL_SERVED);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void withoutSyncEachProcessComputesAtMostOnce() throws InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            start(Duration.ZERO, THREADS, Duration.ofMillis(300));
        }
        awaitAll();
        processes.forEach(process -> process.send("go"));
        for (ChildJvm process : processes) {
            assertThat(lines(process)).endsWith(ALL_SERVED).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(calls()).isBetween(1, PROCESSES);
        assertThat(TestRedis.server().execute("EXISTS", "{" + key + "}:loads")).isEqualTo(0L);
    }

    @Test
    void anotherTakesThePlaceOfOneThatWasKilled() throws InterruptedException {
        Duration lease = Duration.ofSeconds(3);
        ChildJvm killed = start(lease, 1, Duration.ofMinutes(10));
        ChildJvm first = start(lease, 20, Duration.ofMillis(100));
        ChildJvm second = start(lease, 20, Duration.ofMillis(100));
        awaitAll();
        ElapsedClock.Mark before = ElapsedClock.system().mark();
        killed.send("go");
        assertThat(killed.nextLine()).isEqualTo("computing");
        killed.kill();
        first.send("go");
        second.send("go");
        List<String> lines = new ArrayList<>(lines(first));
        lines.addAll(lines(second));
        String served = "done: 21 hits and misses, 0 failures";
        assertThat(lines).containsExactlyInAnyOrder("computing", served, served);
        assertThat(calls()).isEqualTo(2);
        assertThat(before.elapsed()).isGreaterThan(lease);
        assertThat(TestRedis.hash(key).values()).containsExactly("2");
    }

    private ChildJvm start(Duration lease, int threads, Duration time) {
        ChildJvm process = ChildJvm.start(
                CacheWorker.class,
                Stream.of(TestRedis.server().port(), key, lease.toMillis(), threads, time.toMillis())
                        .map(String::valueOf)
                        .toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private void awaitAll() throws InterruptedException {
        for (ChildJvm process : processes) {
            assertThat(process.nextLine()).isEqualTo("ready");
        }
    }

    /** What {@code process} says until it is done. */
    private static List<String> lines(ChildJvm process) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(process.nextLine());
        } while (!lines.get(lines.size() - 1).startsWith("done"));
        return lines;
    }

    private int calls() {
        return Integer.parseInt(String.valueOf(TestRedis.server().execute("GET", CacheWorker.calls(key))));
    }
}
