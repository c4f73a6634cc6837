package io.pottery.id;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.RedisMasters;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.id.History.Had;
import io.pottery.testing.FaultyServers;
import io.pottery.testing.Latencies;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ids of five real masters whose servers and networks fail. The time of a call is bounded by that of one master, here
 * 250 ms; bounds are asserted with slack, because the machine may be busy.
 */
class NextIdFaultsTest {

    private static final Duration ONE_MASTER = ofMillis(250);
    private static final Duration SLACK = ofMillis(400);
    private static final NextIdOptions OPTIONS = NextIdOptions.defaults().withMasterTimeout(ONE_MASTER);

    private static FaultyServers five;

    private final NextId ids = five.deployment.pottery().nextId(TestRedis.freshKey(), OPTIONS);

    @BeforeAll
    static void start() {
        five = new FaultyServers();
        await().ignoreExceptions()
                .untilAsserted(() -> five.deployment
                        .pottery()
                        .nextId(TestRedis.freshKey(), OPTIONS)
                        .reset()); // connects to all
    }

    @AfterEach
    void heal() {
        five.heal();
        await().ignoreExceptions().untilAsserted(ids::reset); // which takes all of them
    }

    @AfterAll
    static void stop() {
        five.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused", "replies lost", "slow"})
    void aMinorityThatFailsCostsNothing(String fault) throws Exception {
        long before = ids.nextLong();
        five.fail(fault, 3, 5);
        Latencies latencies = Latencies.of(500, ids::nextLong);
        assertThat(ids.nextLong()).isGreaterThan(before + 500);
        assertThat(latencies.percentile(50)).isLessThan(ofMillis(10));
        assertThat(latencies.max()).isLessThan(ONE_MASTER.plus(SLACK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "slow"})
    void aMinorityThatFailsCostsLittleWhereProcessesContend(String fault) {
        try (RedisMasters elsewhere = five.connect()) {
            List<NextId> processes = List.of(ids, Servers.factory(elsewhere).nextId(nameOf(ids), OPTIONS));
            processes.forEach(NextId::nextLong);
            five.fail(fault, 0, 2);
            History history = new History();
            Threads.run(
                    4,
                    thread -> history.add(LongStream.range(0, 200)
                            .mapToObj(i -> Had.from(processes.get(thread % 2)::nextLong))
                            .toList()));
            history.assertUnique();
            history.assertInOrder();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused"})
    void aMajorityThatFailsIsToldInTheTimeOfOneMaster(String fault) throws Exception {
        ids.nextLong();
        five.fail(fault, 2, 5);
        for (int i = 0; i < 3; i++) {
            Latencies call = Latencies.of(
                    1,
                    () -> assertThatExceptionOfType(QuorumIsImpossibleException.class)
                            .isThrownBy(ids::nextLong)
                            .withMessageContaining(
                                    "'%s' is out of reach: 3 of 5 masters failed, and 3 must answer", ids.key())
                            .withMessageContaining("masters[2]")
                            .withMessageContaining("masters[4]"));
            assertThat(call.max()).isLessThan(ONE_MASTER.plus(SLACK));
        }
        five.heal();
        await().atMost(ofSeconds(5)).ignoreExceptions().until(() -> ids.nextLong() > 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "stopped", "refused"})
    void aResetChangesNothingWhileOneIsSilent(String fault) {
        assertThat(ids.next(10).last()).isEqualTo(10);
        five.fail(fault, 4, 5);
        assertThatExceptionOfType(QuorumNotAchievedException.class)
                .isThrownBy(ids::reset)
                .withMessageContaining("nothing was changed: all 5 masters must answer, and 1 did not")
                .withMessageContaining("masters[4]");
        assertThat(ids.nextLong()).isEqualTo(11);
    }

    /** The example of docs/guarantees.md: that a master has forgotten is not found out yet. */
    @Test
    void idsRepeatWhenAMasterForgets() {
        five.fail("refused", 3, 5);
        assertThat(ids.next(10)).isEqualTo(new IdRange(1, 10));
        five.heal();
        five.servers.get(2).execute("FLUSHALL"); // what a restart without its data does
        five.fail("refused", 0, 2);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(ids.nextLong()).isEqualTo(1));
    }

    @Test
    void whatWasDoneButNotAnsweredIsNeverGivenOutAgain() {
        History history = new History();
        List<Had> had = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            five.networks.get(ThreadLocalRandom.current().nextInt(5)).loseNextReply();
            // a connection that has lost a reply is given up after a second; meanwhile there may be no majority
            await().ignoreExceptions().untilAsserted(() -> had.add(Had.from(ids::nextLong)));
        }
        history.add(had);
        assertThat(history.size()).isEqualTo(20);
        history.assertUnique();
        history.assertInOrder();
    }

    private static String nameOf(NextId ids) {
        return ids.key().substring("nextid:".length());
    }
}
