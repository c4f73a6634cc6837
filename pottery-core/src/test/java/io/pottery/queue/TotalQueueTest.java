package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the fault tests, before good and bad histories. */
class TotalQueueTest {

    private final TotalQueue history = new TotalQueue(Duration.ofNanos(1_000));

    @Test
    void whatWasPutAndTakenOnceIsRight() {
        note("a: put 1 done", "b: took 1 100", "a: put 2 done", "b: got 2 1 200", "b: ack 2 1 done 300");
        assertRight();
    }

    @Test
    void anElementThatIsLostIsWrong() {
        note("a: put 1 done", "a: put 2 done", "b: took 2 100");
        assertWrong("1 was put, and never delivered");
        assertThat(history.missing()).isEqualTo(1);
    }

    @Test
    void anElementOutOfNowhereIsWrong() {
        note("b: took 1 100");
        assertWrong("1 was never put, and delivered: [b (delivery 1 at 100, ack done after PT0S)]");
    }

    @Test
    void anElementThatWasNotPutAsWasSaidIsWrong() {
        note("a: put 1 not_done", "b: took 1 100");
        assertWrong("1 was not put, as was said, and delivered: [b (delivery 1 at 100, ack done after PT0S)]");
    }

    @Test
    void anElementThatWasNotPutAtFirstIsPutAgain() {
        note("a: put 1 not_done", "a: put 1 not_done", "a: put 1 done", "b: took 1 100");
        assertRight();
    }

    @Test
    void anElementThatMayHaveBeenPutIsThereOnceOrNotAtAll() {
        note("a: put 1 unknown", "a: put 2 unknown", "b: took 2 100");
        assertRight();
        note("c: took 2 5000");
        assertWrongIs("2 was delivered twice with the count of 1");
    }

    @Test
    void anElementThatIsTakenTwiceIsWrong() {
        note("a: put 1 done", "b: took 1 100", "b: took 1 5000");
        assertWrongIs("1 was delivered twice with the count of 1");
    }

    @Test
    void anElementThatIsDeliveredTwiceForTheFirstTimeIsWrongWhoeverDied() {
        note("a: put 1 unknown", "b: got 1 1 100", "c: got 1 1 200", "c: ack 1 1 done 300");
        history.died("b");
        assertWrongIs("1 was delivered twice with the count of 1");
    }

    @Test
    void anElementIsDeliveredAgainIfItsConsumerDiedOverIt() {
        note("a: put 1 done", "b: got 1 1 100", "c: got 1 2 200", "c: ack 1 2 done 300");
        assertWrongIs("1 was delivered again, although b had it");
        history.died("b");
        assertRight();
        assertThat(history.redelivered()).isEqualTo(1);
    }

    @Test
    void anElementIsNotDeliveredAgainIfItsConsumerDiedLater() {
        note("a: put 1 done", "b: got 1 1 100", "b: ack 1 1 done 150", "c: got 1 2 200", "c: ack 1 2 done 300");
        history.died("b");
        assertWrongIs("1 was delivered again, although b had it");
    }

    @Test
    void theOrderOfNotesDoesNotCount() {
        note("c: got 1 2 200", "c: ack 1 2 done 300", "b: got 1 1 100", "b: ack 1 1 done 150", "a: put 1 done");
        assertWrongIs("1 was delivered again, although b had it");
    }

    @Test
    void anElementIsDeliveredAgainIfItsConsumerWasSilent() {
        note("a: put 1 done", "b: got 1 1 100", "c: got 1 2 900", "c: ack 1 2 done 950", "b: ack 1 1 not_done 1100");
        assertRight();
    }

    @Test
    void anElementIsNotTakenAwayFromWhoWasNotSilent() {
        note("a: put 1 done", "b: got 1 1 100", "c: got 1 2 900", "c: ack 1 2 done 950", "b: ack 1 1 not_done 1099");
        assertWrongIs("1 was delivered again, although b had it");
    }

    @Test
    void anElementIsDeliveredAgainIfItIsNotKnownWhetherItWasConfirmed() {
        note("a: put 1 done", "b: got 1 1 100", "b: ack 1 1 unknown 200", "b: got 1 2 300", "b: ack 1 2 done 400");
        assertRight();
    }

    @Test
    void anElementThatIsRefusedMustHaveGoneToAnother() {
        note("a: put 1 done", "b: got 1 1 100", "b: ack 1 1 not_done 5000");
        assertWrongIs("1 was refused to b, and nobody else had it");
    }

    @Test
    void anElementThatIsNeitherConfirmedNorLeftByTheDeadIsWrong() {
        note("a: put 1 done", "b: got 1 1 100");
        assertWrongIs("1 was left unsettled by b");
        history.died("b");
        assertRight();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        note("a: put 1 done");
        assertThatIllegalArgumentException().isThrownBy(() -> note("a: put 1 done"));
        assertThatIllegalArgumentException().isThrownBy(() -> note("a: put 2 perhaps"));
        assertThatIllegalArgumentException().isThrownBy(() -> note("a: ack 1 1 done 100"));
        assertThatIllegalArgumentException().isThrownBy(() -> note("a: saw 1"));
    }

    @Test
    void countsWhatItIsTold() {
        note("a: put 1 done", "a: put 2 unknown", "a: put 3 not_done", "b: took 1 100");
        assertThat(List.of(history.donePuts(), history.unknownPuts(), history.settledPuts(), history.delivered()))
                .containsExactly(1, 1, 2, 1);
        assertThat(history.missing()).isZero();
        assertThat(history.redelivered()).isZero();
        assertThat(history.hasDeliveredTo("b")).isTrue();
        assertThat(history.hasDeliveredTo("a")).isFalse();
    }

    private void note(String... lines) {
        for (String line : lines) {
            String[] parts = line.split(": ");
            history.note(parts[0], parts[1]);
        }
    }

    private void assertRight() {
        assertThat(history.violations()).isEmpty();
    }

    private void assertWrong(String violation) {
        assertThat(history.violations()).containsExactly(violation);
    }

    private void assertWrongIs(String beginning) {
        assertThat(history.violations()).singleElement().asString().startsWith(beginning + ": [");
    }
}
