package io.pottery.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContextTimerTest {

    private Duration monotonic = Duration.ofDays(1);
    private Instant wall = Instant.EPOCH;
    private final ContextTimer timer = new ContextTimer(new ElapsedClock(() -> monotonic.toNanos(), () -> wall));

    @Test
    void runsUntilItIsStopped() {
        timer.start();
        pass(Duration.ofMillis(100));
        assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(100));
        pass(Duration.ofMillis(50));
        assertThat(timer.stop()).isEqualTo(Duration.ofMillis(150));
        pass(Duration.ofHours(1));
        assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void stopsWhenItIsClosed() {
        try (timer) {
            timer.start();
            pass(Duration.ofNanos(1));
        }
        pass(Duration.ofHours(1));
        assertThat(timer.elapsed()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void mayBeClosedWithoutHavingRun() {
        timer.close();
        timer.close();
        assertThatIllegalStateException().isThrownBy(timer::elapsed);
    }

    @Test
    void startsOnlyOnce() {
        timer.start();
        assertThatIllegalStateException().isThrownBy(timer::start).withMessageContaining("already been started");
        timer.stop();
        assertThatIllegalStateException().isThrownBy(timer::start).withMessageContaining("already been stopped");
        assertThatIllegalStateException().isThrownBy(timer::stop).withMessageContaining("already been stopped");
    }

    @Test
    void hasNoTimeBeforeItStarts() {
        assertThatIllegalStateException().isThrownBy(timer::elapsed).withMessageContaining("not been started");
        assertThatIllegalStateException().isThrownBy(timer::stop).withMessageContaining("not been started");
    }

    @Test
    void countsTheTimeThatAMachineWasSuspended() {
        timer.start();
        wall = wall.plusSeconds(3600);
        assertThat(timer.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void doesNotRunBackwardsWithTheWallClock() {
        timer.start();
        monotonic = monotonic.plusMillis(5);
        wall = wall.minusSeconds(3600);
        assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void takesTheTimeOfThisMachine() {
        long before = System.nanoTime();
        try (ContextTimer started = ContextTimer.started()) {
            assertThat(started.elapsed()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(started.stop())
                    .isLessThan(Duration.ofNanos(System.nanoTime() - before).plusSeconds(5));
        }
    }

    private void pass(Duration time) {
        monotonic = monotonic.plus(time);
        wall = wall.plus(time);
    }
}
