package io.pottery.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Tells how much time has passed: by the monotonic clock or the wall clock, whichever says more.
 *
 * <p>The monotonic clock does not jump, but stands still while the machine is suspended. Of the two errors, taking time
 * for longer than it was is the safe one.
 */
public final class ElapsedClock {

    private static final ElapsedClock SYSTEM = new ElapsedClock(System::nanoTime, Clock.systemUTC());

    private final LongSupplier nanoTime;
    private final InstantSource wall;

    /** Creates a clock on two sources; tests give it virtual ones. */
    public ElapsedClock(LongSupplier nanoTime, InstantSource wall) {
        this.nanoTime = nanoTime;
        this.wall = wall;
    }

    /** The clock of this machine. */
    public static ElapsedClock system() {
        return SYSTEM;
    }

    /** Marks the present moment. */
    public Mark mark() {
        return new Mark(this, nanoTime.getAsLong(), wall.instant());
    }

    private Duration since(Mark mark) {
        Duration monotonic = Duration.ofNanos(nanoTime.getAsLong() - mark.nanoTime);
        Duration byWall = Duration.between(mark.instant, wall.instant());
        return monotonic.compareTo(byWall) >= 0 ? monotonic : byWall;
    }

    /** A moment that was marked. */
    public static final class Mark {

        private final ElapsedClock clock;
        private final long nanoTime;
        private final Instant instant;

        private Mark(ElapsedClock clock, long nanoTime, Instant instant) {
            this.clock = clock;
            this.nanoTime = nanoTime;
            this.instant = instant;
        }

        /** The time that has passed since. */
        public Duration elapsed() {
            return clock.since(this);
        }
    }
}
