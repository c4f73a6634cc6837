package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.IdsExhaustedException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.Timer;
import io.pottery.testing.AskedMaster;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of masters for ids, and who gets them; five masters that answer when the test says so. */
class NextIdProtocolTest {

    private static final MasterException LOST = MasterException.unknown("the connection was lost", null);

    private final Deque<Runnable> due = new ArrayDeque<>();
    private final Timer timer = (delay, work) -> {
        due.add(work);
        return () -> due.remove(work);
    };
    private final List<AskedMaster> masters =
            IntStream.range(0, 5).mapToObj(i -> new AskedMaster()).toList();
    private long nanos;
    private final Surroundings world = new Surroundings(
            new Quorum(masters, timer),
            new ElapsedClock(() -> nanos, () -> Instant.EPOCH),
            timer,
            new Random(1),
            Runnable::run);
    private final NextIdProtocol sequence = new NextIdProtocol("nextid:x", NextIdOptions.defaults(), world);
    private final Callers callers = new Callers();

    @Test
    void aMajorityThatAgreesDecidesInOneRoundTrip() {
        CompletableFuture<Long> id = sequence.next(1);
        grant(7, 0, 1);
        assertThat(id).isNotDone();
        grant(7, 2);
        assertThat(id).isCompletedWithValue(7L);
        assertThat(due).isEmpty();
    }

    @Test
    void oneMasterCountsOnce() {
        CompletableFuture<Long> id = sequence.next(1);
        grant(7, 0, 1);
        grant(8, 2, 3);
        grant(9, 4);
        runDue(); // the pause before the next try
        assertThat(masters.get(2).asked).isEmpty(); // it has granted what is wanted now
        assertThat(masters.get(0).lastArguments()).startsWith("1", "8");
        refuse(9, 4);
        assertThat(id).isNotDone();
        grant(8, 0);
        assertThat(id).isCompletedWithValue(8L);
    }

    @Test
    void aMinorityThatIsFarAheadLeadsNowhere() {
        CompletableFuture<Long> id = sequence.next(1);
        grant(NextIdProtocol.HIGHEST, 0);
        grant(1_000_000, 1);
        grant(6, 2);
        grant(7, 3);
        grant(5, 4);
        runDue();
        assertThat(masters.get(2).lastArguments()).startsWith("1", "7");
        grant(7, 2, 4);
        assertThat(id).isCompletedWithValue(7L);
    }

    @Test
    void whoHasGrantedMoreMeanwhileRaisesWhatIsWanted() {
        CompletableFuture<Long> id = sequence.next(10);
        grant(1, 0, 1);
        grant(11, 2, 3);
        grant(21, 4);
        runDue();
        assertThat(masters.get(0).lastArguments()).startsWith("10", "11");
        refuse(40, 0, 1, 4);
        runDue();
        assertThat(masters.get(2).lastArguments()).startsWith("10", "41");
        grant(41, 0, 1, 2);
        assertThat(id).isCompletedWithValue(41L);
    }

    @Test
    void anAnswerThatComesLateStillCounts() {
        CompletableFuture<Long> id = sequence.next(1);
        CompletableFuture<List<Object>> late = masters.get(4).asked.element();
        grant(7, 0, 1);
        grant(6, 2);
        runDue(); // the moment for those who are silent: master 4 could decide
        runDue();
        refuse(7, 2, 3);
        assertThat(id).isNotDone();
        late.complete(List.of(1L, 7L));
        masters.get(4).asked.remove();
        refuse(7, 4); // who had granted 7 to this very call
        assertThat(id).isCompletedWithValue(7L);
    }

    @Test
    void theSilentGetAMomentOnceAMajorityHasAnswered() {
        sequence.next(1);
        grant(7, 0, 1);
        grant(6, 2);
        assertThat(due).hasSize(2); // that moment, and the time of one master
    }

    @Test
    void aMajorityThatFailsIsToldWithItsReasons() {
        CompletableFuture<Long> id = sequence.next(1);
        grant(7, 0, 1);
        masters.subList(2, 5).forEach(master -> master.fail(LOST));
        assertThat(id)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumIsImpossibleException.class)
                .withMessageContaining("'nextid:x' is out of reach: 3 of 5 masters failed, and 3 must answer")
                .withMessageContaining("the connection was lost");
    }

    @Test
    void whatWasNotSentIsTriedOnceMore() {
        MasterException notSent = MasterException.notSent("the connection was closed", null);
        CompletableFuture<Long> id = sequence.next(1);
        masters.forEach(master -> master.fail(notSent));
        assertThat(id).isNotDone();
        grant(1, 0, 1, 2);
        assertThat(id).isCompletedWithValue(1L);
        masters.forEach(master -> master.asked.clear());
        CompletableFuture<Long> inVain = sequence.next(1);
        masters.forEach(master -> master.fail(notSent));
        masters.forEach(master -> master.fail(notSent));
        assertThat(inVain).isCompletedExceptionally();
        assertThat(masters).allMatch(master -> master.asked.isEmpty());
    }

    @Test
    void goesOnWhileOthersAreFasterForItsTimeoutOnly() {
        CompletableFuture<Long> id = sequence.next(1);
        grant(1, 0, 1);
        grant(2, 2, 3);
        grant(3, 4);
        for (long last = 10; !id.isDone(); last++) {
            nanos += 1_000_000_000;
            runDue();
            for (AskedMaster master : masters) {
                if (!master.asked.isEmpty()) {
                    master.answer(0L, last);
                }
            }
        }
        assertThat(nanos).isEqualTo(10_000_000_000L);
        assertThat(id)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumNotAchievedException.class)
                .withMessageContaining("within 10000 ms, in 11 tries");
    }

    @Test
    void whoWaitsWhenMastersAreAskedSharesAndWhoComesLaterDoesNot() {
        CompletableFuture<Long> alone = callers.next(sequence, 1);
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        for (int count : List.of(1, 100, 1)) {
            waiting.add(callers.next(sequence, count));
        }
        assertThat(masters.get(0).asked).hasSize(1);
        grant(1, 0, 1, 2, 3, 4);
        assertThat(alone).isCompletedWithValue(1L);
        assertThat(masters.get(0).lastArguments()).startsWith("102");
        CompletableFuture<Long> late = callers.next(sequence, 1);
        grant(50, 0, 1, 2, 3, 4);
        assertThat(waiting).extracting(CompletableFuture::join).containsExactly(50L, 51L, 151L);
        assertThat(late).isNotDone();
        grant(200, 0, 1, 2, 3, 4);
        assertThat(late).isCompletedWithValue(200L);
        assertThat(masters).allMatch(master -> master.asked.isEmpty());
    }

    @Test
    void nothingIsAskedForThoseWhoHaveGone() {
        callers.next(sequence, 1);
        CompletableFuture<Long> gone = callers.next(sequence, 50);
        CompletableFuture<Long> patient = callers.next(sequence, 2);
        gone.cancel(true);
        grant(1, 0, 1, 2, 3, 4);
        assertThat(masters.get(0).lastArguments()).startsWith("2");
        grant(2, 0, 1, 2, 3, 4);
        assertThat(patient).isCompletedWithValue(2L);
    }

    @Test
    void ifThereAreNotEnoughForAllTheFirstGetWhatIsLeft() {
        CompletableFuture<Long> first = callers.next(sequence, 1);
        List<CompletableFuture<Long>> waiting = List.of(callers.next(sequence, 1), callers.next(sequence, 1));
        grant(NextIdProtocol.HIGHEST - 1, 0, 1, 2, 3, 4);
        assertThat(first).isDone();
        answer(List.of(-1L), 0, 1, 2, 3, 4);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        grant(NextIdProtocol.HIGHEST, 0, 1, 2, 3, 4);
        assertThat(waiting.get(0)).isCompletedWithValue(NextIdProtocol.HIGHEST);
        answer(List.of(-1L), 0, 1, 2, 3, 4);
        assertThat(waiting.get(1))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IdsExhaustedException.class);
    }

    @Test
    void allWhoShareAreToldOfAFailureAndTheNextIsAskedForAnew() {
        CompletableFuture<Long> first = callers.next(sequence, 1);
        CompletableFuture<Long> second = callers.next(sequence, 1);
        masters.forEach(master -> master.fail(LOST));
        assertThat(first).isCompletedExceptionally();
        masters.forEach(master -> master.fail(LOST));
        assertThat(second).isCompletedExceptionally();
        CompletableFuture<Long> third = callers.next(sequence, 1);
        grant(5, 0, 1, 2);
        assertThat(third).isCompletedWithValue(5L);
    }

    @Test
    void aBlockIsGivenOutInOrderAndTheNextAskedForInAdvance() {
        Stock stock = new Stock(
                new NextIdProtocol("nextid:x", NextIdOptions.defaults().withBlock(3), world), callers);
        assertThat(stock.poll(1)).isZero();
        CompletableFuture<Long> first = stock.next(1);
        grant(1, 0, 1, 2, 3, 4);
        assertThat(first).isCompletedWithValue(1L);
        assertThat(stock.poll(2)).isEqualTo(2);
        assertThat(stock.poll(1)).isZero();
        assertThat(masters.get(0).asked).isEmpty();
        CompletableFuture<Long> waited = stock.next(1);
        grant(10, 0, 1, 2, 3, 4);
        assertThat(waited).isCompletedWithValue(10L);
        assertThat(masters.get(0).asked).hasSize(1); // for the third block, which nobody needs yet
        grant(20, 0, 1, 2, 3, 4);
        assertThat(stock.poll(1)).isEqualTo(11);
        assertThat(stock.poll(2)).isZero();
        assertThat(stock.poll(1)).isEqualTo(12);
        assertThat(stock.next(1)).isCompletedWithValue(20L);
        grant(30, 0, 1, 2, 3, 4); // another one in advance
        CompletableFuture<Long> range = stock.next(3);
        assertThat(masters.get(0).lastArguments()).startsWith("3");
        grant(40, 0, 1, 2, 3, 4);
        assertThat(range).isCompletedWithValue(40L);
        assertThat(stock.poll(1)).isZero(); // what was lower has been dropped
    }

    @Test
    void aBlockThatDidNotComeIsAskedForAgain() {
        Stock stock = new Stock(
                new NextIdProtocol("nextid:x", NextIdOptions.defaults().withBlock(2), world), callers);
        CompletableFuture<Long> failed = stock.next(1);
        masters.forEach(master -> master.fail(LOST));
        assertThat(failed).isCompletedExceptionally();
        CompletableFuture<Long> first = stock.next(1);
        grant(1, 0, 1, 2, 3, 4);
        assertThat(first).isCompletedWithValue(1L);
        assertThat(stock.poll(1)).isEqualTo(2);
        CompletableFuture<Long> second = stock.next(1);
        grant(3, 0, 1, 2, 3, 4);
        assertThat(second).isCompletedWithValue(3L);
        masters.forEach(master -> master.fail(LOST)); // the third block, which nobody waits for
        assertThat(stock.poll(1)).isEqualTo(4);
        CompletableFuture<Long> third = stock.next(1);
        assertThat(third).isNotDone();
        grant(5, 0, 1, 2, 3, 4);
        assertThat(third).isCompletedWithValue(5L);
    }

    @Test
    void blocksOfMastersThatFailAtOnceAreNotAskedForWithoutEnd() {
        NextIdProtocol blocks =
                new NextIdProtocol("nextid:x", NextIdOptions.defaults().withBlock(2), world);
        Stock two = new Stock(blocks, callers);
        for (long first : new long[] {1, 3}) {
            CompletableFuture<Long> id = two.next(1);
            grant(first, 0, 1, 2, 3, 4);
            assertThat(id).isCompletedWithValue(first);
            assertThat(two.poll(1)).isEqualTo(first + 1);
        }
        grant(5, 0, 1, 2, 3, 4); // which was asked for in advance
        masters.forEach(master -> master.close());
        assertThat(two.next(1)).isCompletedWithValue(5L); // and asks for another one
        assertThat(two.poll(1)).isEqualTo(6);
        assertThat(two.next(1)).isCompletedExceptionally();
    }

    @Test
    void thoseWhoWaitForAnotherTimeDoNotShare() {
        NextIdProtocol patient =
                new NextIdProtocol("nextid:x", NextIdOptions.defaults().withTimeout(Duration.ofMinutes(1)), world);
        CompletableFuture<Long> one = callers.next(sequence, 1);
        CompletableFuture<Long> two = callers.next(patient, 1);
        assertThat(masters.get(0).asked).hasSize(2);
        grant(1, 0, 1, 2);
        assertThat(one).isCompletedWithValue(1L);
        assertThat(two).isNotDone();
        masters.subList(3, 5).forEach(master -> master.answer(1L, 1L));
        grant(2, 0, 1, 2);
        assertThat(two).isCompletedWithValue(2L);
    }

    @Test
    void theyShareAgainAfterThereWereNotEnoughForAll() {
        callers.next(sequence, 1);
        CompletableFuture<Long> many = callers.next(sequence, 1_000);
        CompletableFuture<Long> few = callers.next(sequence, 1);
        grant(1, 0, 1, 2, 3, 4);
        answer(List.of(-1L), 0, 1, 2, 3, 4);
        answer(List.of(-1L), 0, 1, 2, 3, 4);
        assertThat(many).isCompletedExceptionally();
        List<CompletableFuture<Long>> later = List.of(callers.next(sequence, 1), callers.next(sequence, 1));
        grant(2, 0, 1, 2, 3, 4);
        assertThat(few).isCompletedWithValue(2L);
        assertThat(masters.get(0).lastArguments()).startsWith("2");
        grant(3, 0, 1, 2, 3, 4);
        assertThat(later).extracting(CompletableFuture::join).containsExactly(3L, 4L);
    }

    @Test
    void garbageOnSomeIsNoReasonIfOthersAreAway() {
        CompletableFuture<Long> id = sequence.next(1);
        answer(List.of(-2L), 0);
        masters.subList(1, 3).forEach(master -> master.fail(LOST));
        assertThat(id)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumIsImpossibleException.class)
                .withMessageContaining("a decimal number, but")
                .withMessageContaining("the connection was lost");
    }

    @Test
    void whoIsAlwaysTooLateAsksForMoreThanIsNext() {
        sequence.next(1);
        grant(1, 0, 1);
        grant(2, 2, 3);
        grant(3, 4);
        for (long last = 10; last < 20; last++) {
            runDue();
            for (AskedMaster master : masters) {
                if (!master.asked.isEmpty()) {
                    master.answer(0L, last);
                }
            }
        }
        runDue();
        assertThat(Long.parseLong(masters.get(0).lastArguments().get(1))).isGreaterThan(20 + 100);
    }

    @Test
    void aResetChangesNothingUnlessAllAnswer() {
        CompletableFuture<Void> reset = sequence.reset();
        answer(List.of(1L, 1_000L), 0, 1, 2, 3);
        assertThat(masters.get(0).asked).isEmpty();
        masters.get(4).fail(LOST);
        assertThat(masters).allMatch(master -> master.asked.isEmpty());
        assertThat(reset)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumNotAchievedException.class)
                .withMessageContaining("nothing was changed: all 5 masters must answer, and 1 did not");
    }

    @Test
    void aResetThatFailsInBetweenTellsWhichWereReset() {
        CompletableFuture<Void> reset = sequence.reset();
        answer(List.of(1L, 1_000L), 0, 1, 2, 3, 4);
        assertThat(masters.get(0).lastArguments()).containsExactly("1003"); // after that it would be too late
        answer(List.of(1L, 1_000L), 0, 1, 2, 4);
        masters.get(3).fail(LOST);
        assertThat(reset)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuorumNotAchievedException.class)
                .withMessageContaining(
                        "was reset on %s, %s, %s, %s, but perhaps not on the others",
                        masters.get(0), masters.get(1), masters.get(2), masters.get(4));
    }

    private void grant(long first, int... by) {
        answer(List.of(1L, first), by);
    }

    private void refuse(long last, int... by) {
        answer(List.of(0L, last), by);
    }

    private void answer(List<Object> reply, int... by) {
        for (int master : by) {
            masters.get(master).answer(reply.toArray());
        }
    }

    /** Runs what was planned last: a moment, or a pause, is over. */
    private void runDue() {
        due.removeLast().run();
    }
}
