package io.pottery.internal.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.script.RedisScript;

/** How votes are counted, on masters that answer when the test says so. */
class QuorumTest {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final List<Silent> masters =
            IntStream.range(0, 5).mapToObj(Silent::new).toList();
    private final ManualTimer timer = new ManualTimer();
    private final Quorum quorum = new Quorum(masters, timer);

    @Test
    void aMajorityDecides() {
        CompletableFuture<Votes<Boolean>> votes = ask();
        answer(0, true);
        answer(1, true);
        assertThat(votes).isNotDone();
        answer(2, true);
        assertThat(votes).isCompletedWithValueMatching(counted -> counted.carried(yes -> yes));
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void aMajorityThatIsOutOfReachDecidesToo() {
        CompletableFuture<Votes<Boolean>> votes = ask();
        answer(0, true);
        answer(1, true);
        answer(2, false);
        fail(3);
        assertThat(votes).isNotDone();
        answer(4, false);
        assertThat(votes)
                .isCompletedWithValueMatching(counted ->
                        !counted.carried(yes -> yes) && !counted.carried(yes -> !yes) && !counted.impossible());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void halfOfAnEvenNumberIsNoMajority(int even) {
        Quorum quorum = new Quorum(masters.subList(0, even), timer);
        CompletableFuture<Votes<Boolean>> lost = ask(quorum);
        CompletableFuture<Votes<Boolean>> impossible =
                quorum.ask(master -> ((Silent) master).connected, PATIENCE, votes -> votes.decided(yes -> yes));
        for (int i = 0; i < even / 2; i++) {
            answer(i, true);
            masters.get(i).connected.complete(true);
        }
        assertThat(lost).isNotDone();
        assertThat(impossible).isNotDone();
        for (int i = even / 2; i < even; i++) {
            answer(i, false);
            masters.get(i).connected.completeExceptionally(MasterException.unknown("down", null));
        }
        assertThat(lost)
                .isCompletedWithValueMatching(votes -> !votes.carried(yes -> yes) && !votes.carried(yes -> !yes));
        assertThat(impossible).isCompletedWithValueMatching(Votes::impossible);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void oneMoreThanHalfOfAnEvenNumberDecides(int even) {
        CompletableFuture<Votes<Boolean>> votes = ask(new Quorum(masters.subList(0, even), timer));
        for (int i = 0; i <= even / 2; i++) {
            assertThat(votes).isNotDone();
            answer(i, true);
        }
        assertThat(votes).isCompletedWithValueMatching(counted -> counted.carried(yes -> yes));
    }

    @Test
    void masterCountsOnceHoweverOftenItAnswers() {
        CompletableFuture<Votes<Boolean>> votes = ask();
        for (int i = 0; i < 3; i++) {
            answer(0, true);
            answer(1, true);
        }
        assertThat(votes).isNotDone();
    }

    @Test
    void whatComesAfterTheDecisionChangesNothing() throws Exception {
        CompletableFuture<Votes<Boolean>> votes = ask();
        IntStream.range(0, 3).forEach(this::fail);
        assertThat(votes.get().impossible()).isTrue();
        IntStream.range(0, 5).forEach(i -> answer(i, true));
        assertThat(votes.get().count(yes -> yes)).isZero();
        assertThat(votes.get().failures()).hasSize(3);
    }

    @Test
    void theSilentFailWhenPatienceIsOver() throws Exception {
        CompletableFuture<Votes<Boolean>> votes = ask();
        answer(3, true);
        timer.run();
        assertThat(votes.get().failures().keySet()).extracting(Object::toString).containsExactly("0", "1", "2", "4");
        assertThat(votes.get().failures().values()).allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(MasterException.class).hasMessage("no answer within 200 ms");
            assertThat(((MasterException) failure).sent()).isTrue();
        });
    }

    @Test
    void theFirstConnectGivesAllAMoment() {
        CompletableFuture<Votes<Boolean>> first = quorum.connect(PATIENCE);
        IntStream.range(0, 4).forEach(i -> masters.get(i).connected.complete(true));
        assertThat(first).isNotDone();
        timer.run();
        assertThat(first).isCompletedWithValueMatching(votes -> votes.carried(connected -> connected));
        assertThat(quorum.connect(PATIENCE)).isDone();
    }

    @Test
    void connectingFailsWhenAMajorityCannot() {
        CompletableFuture<Votes<Boolean>> first = quorum.connect(PATIENCE);
        IntStream.range(0, 3)
                .forEach(i -> masters.get(i).connected.completeExceptionally(MasterException.notSent("refused", null)));
        timer.run();
        assertThat(first).isCompletedWithValueMatching(Votes::impossible);
    }

    @Test
    void noMastersAreNoQuorum() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(List.of(), timer));
    }

    private CompletableFuture<Votes<Boolean>> ask() {
        return ask(quorum);
    }

    private static CompletableFuture<Votes<Boolean>> ask(Quorum quorum) {
        return quorum.ask(master -> ((Silent) master).answer, PATIENCE, votes -> votes.decided(yes -> yes));
    }

    private void answer(int master, boolean yes) {
        masters.get(master).answer.complete(yes);
    }

    private void fail(int master) {
        masters.get(master).answer.completeExceptionally(MasterException.unknown("down", null));
    }

    /** A master that says nothing by itself. */
    private static final class Silent implements RedisMaster {

        final CompletableFuture<Boolean> answer = new CompletableFuture<>();
        final CompletableFuture<Boolean> connected = new CompletableFuture<>();
        private final int number;

        Silent(int number) {
            this.number = number;
        }

        @Override
        public CompletableFuture<Boolean> connected() {
            return connected;
        }

        @Override
        public boolean isStalled() {
            return false;
        }

        @Override
        public CompletableFuture<List<Object>> run(
                RedisScript<List<Object>> script, List<String> keys, List<String> args) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
            return new CompletableFuture<>();
        }

        @Override
        public void unlisten(String channel, Runnable listener) {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** Runs what is due when the test says so. */
    private static final class ManualTimer implements Timer {

        final List<Runnable> tasks = new ArrayList<>();

        @Override
        public Task after(Duration delay, Runnable work) {
            tasks.add(work);
            return () -> tasks.remove(work);
        }

        void run() {
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        }
    }
}
