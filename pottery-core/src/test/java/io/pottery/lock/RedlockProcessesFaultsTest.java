package io.pottery.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.RedisMasters;
import io.pottery.testing.ChildJvm;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several processes contend for a lock over five real masters, while masters and processes are stopped and killed. A
 * longer form: {@code ./mvnw -pl pottery-core -am test -Dtest=RedlockProcessesFaultsTest -Dpottery.faults.seconds=300
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RedlockProcessesFaultsTest {

    private static final Duration DURATION = ofSeconds(Long.getLong("pottery.faults.seconds", 8));
    private static final Duration SLACK = ofSeconds(1);

    private static final List<RedisServer> SERVERS = RedisServer.start(5);
    private static final String URIS =
            String.join(",", SERVERS.stream().map(Servers::uri).toList());

    private static final RedisMasters MASTERS = RedisMasters.of(URIS.split(","));

    private final String name = TestRedis.freshKey();

    @AfterAll
    static void close() {
        MASTERS.close();
        SERVERS.forEach(RedisServer::close);
    }

    /** A lease as its holder saw it, by the clock that all processes of this machine share. */
    private record Held(long token, long from, long to) {

        static Held parse(String line) {
            String[] words = line.split(" ");
            return new Held(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
        }
    }

    // LK-01 and LK-02

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "stopped masters"})
    void leasesOfAllProcessesAreApart(String fault, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("count"), "0");
        List<ChildJvm> workers = new ArrayList<>();
        List<Held> leases = new ArrayList<>();
        int late = 0;
        int failed = 0;
        try {
            for (int i = 0; i < 3; i++) {
                workers.add(ChildJvm.start(
                        LockWorker.Counting.class, URIS, name, "10000", file.toString(), Integer.toString(4)));
            }
            for (ChildJvm worker : workers) {
                String line = worker.nextLine();
                while (!line.startsWith("lease")) { // it has not warmed up
                    line = worker.nextLine();
                }
                leases.add(Held.parse(line));
            }
            ContextTimer timer = ContextTimer.started();
            while (timer.elapsed().compareTo(DURATION) < 0) {
                disturb(fault);
            }
            for (ChildJvm worker : workers) {
                worker.send("stop");
                for (String line = worker.nextLine(); !line.equals("done"); line = worker.nextLine()) {
                    if (line.startsWith("lease")) {
                        leases.add(Held.parse(line));
                    } else if (line.startsWith("late")) {
                        late++;
                    } else {
                        failed++;
                    }
                }
            }
        } finally {
            workers.forEach(ChildJvm::close);
        }
        assertThat(late).isZero();
        assertThat(failed).isLessThan(leases.size());
        assertThat(Long.parseLong(Files.readString(file))).isEqualTo(leases.size());
        leases.sort(Comparator.comparingLong(Held::from));
        for (int i = 1; i < leases.size(); i++) {
            assertThat(leases.get(i).from()).isGreaterThan(leases.get(i - 1).to());
            assertThat(leases.get(i).token()).isGreaterThan(leases.get(i - 1).token());
        }
        assertThat(leases).hasSizeGreaterThan(30);
    }

    // LK-12

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProcessThatWasPausedPastItsLeaseChangesNothing(boolean renewed) throws Exception {
        String register = TestRedis.freshKey();
        FencedValue<String> value = TestRedis.pottery().fencedValue(register, String.class);
        try (ChildJvm holder = holder("4000", register, renewed)) {
            long token = Long.parseLong(holder.nextLine().substring("holding ".length()));
            holder.pause();
            Lease next = lock("4000").tryAcquire(ofSeconds(20)).orElseThrow();
            assertThat(next.fencingToken()).isGreaterThan(token);
            value.set(next.fencingToken(), "next");
            holder.resume();
            holder.send("go on");
            Set<String> told = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                told.add(holder.nextLine());
            }
            assertThat(told).containsExactlyInAnyOrder("lost", "valid false", "refused", "too late");
            assertThat(value.get()).contains("next");
        }
    }

    // LK-13

    @Test
    void aProcessThatIsKilledDelaysOthersForItsLeaseOnly() throws Exception {
        try (ChildJvm holder = holder("2000", TestRedis.freshKey(), true)) {
            assertThat(holder.nextLine()).startsWith("holding ");
            ContextTimer timer = ContextTimer.started();
            holder.kill();
            Optional<Lease> next = lock("2000").tryAcquire(ofSeconds(20));
            assertThat(timer.elapsed()).isLessThan(ofMillis(2_500).plus(SLACK));
            next.orElseThrow().close();
        }
    }

    private ChildJvm holder(String lease, String register, boolean renewed) {
        RedisServer redis = TestRedis.server();
        List<String> arguments =
                new ArrayList<>(List.of(URIS, name, lease, redis.host(), Integer.toString(redis.port()), register));
        if (renewed) {
            arguments.add("renewed");
        }
        return ChildJvm.start(LockWorker.Holding.class, arguments.toArray(String[]::new));
    }

    private Redlock lock(String lease) {
        return Servers.factory(MASTERS)
                .redlock(
                        name,
                        RedlockOptions.defaults()
                                .withAutoReleaseTime(ofMillis(Long.parseLong(lease)))
                                .withMasterTimeout(ofSeconds(2)));
    }

    /** Stops one or two masters for a while, or none; the others go on. */
    private static void disturb(String fault) throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<RedisServer> victims = fault.equals("nothing")
                ? List.of()
                : random.ints(0, 5)
                        .distinct()
                        .limit(random.nextInt(1, 3))
                        .mapToObj(SERVERS::get)
                        .toList();
        victims.forEach(RedisServer::pause);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 1_500)); // how long the fault lasts
        victims.forEach(RedisServer::resume);
    }
}
