package io.pottery.lock;

import io.pottery.time.ElapsedClock;
import java.time.Duration;

/** The moment that comes {@code after} a marked one. */
record Deadline(ElapsedClock.Mark since, Duration after) {

    /** What is left until then; zero from then on. */
    Duration remaining() {
        Duration remaining = after.minus(since.elapsed());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    boolean isOver() {
        return remaining().isZero();
    }
}
