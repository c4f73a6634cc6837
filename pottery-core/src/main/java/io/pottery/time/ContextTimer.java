package io.pottery.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long one stretch of code takes.
 *
 * <pre>{@code
 * try (ContextTimer timer = ContextTimer.started()) {
 *     ...
 *     log.info("so far: {}", timer.elapsed());
 * }
 * }</pre>
 *
 * <p>A timer runs once: it cannot be started again. It may be read and stopped by any thread.
 */
public final class ContextTimer implements AutoCloseable {

    private final ElapsedClock clock;
    private ElapsedClock.@Nullable Mark start;
    private @Nullable Duration total;

    /** Creates a timer that does not run yet. */
    public ContextTimer() {
        this(ElapsedClock.system());
    }

    ContextTimer(ElapsedClock clock) {
        this.clock = clock;
    }

    /** Creates a timer that runs. */
    public static ContextTimer started() {
        ContextTimer timer = new ContextTimer();
        timer.start();
        return timer;
    }

    /**
     * Starts the timer.
     *
     * @throws IllegalStateException if it was started before
     */
    public synchronized void start() {
        if (total != null) {
            throw new IllegalStateException("The timer has already been stopped: use a new one");
        }
        if (start != null) {
            throw new IllegalStateException("The timer has already been started");
        }
        start = clock.mark();
    }

    /**
     * Stops the timer.
     *
     * @return how long it ran
     * @throws IllegalStateException if it does not run
     */
    public synchronized Duration stop() {
        if (total != null) {
            throw new IllegalStateException("The timer has already been stopped");
        }
        total = elapsed();
        return total;
    }

    /**
     * How long the timer has been running, or how long it ran if it was stopped.
     *
     * @throws IllegalStateException if it was never started
     */
    public synchronized Duration elapsed() {
        if (total != null) {
            return total;
        }
        if (start == null) {
            throw new IllegalStateException("The timer has not been started yet");
        }
        return start.elapsed();
    }

    /** Stops the timer if it runs. */
    @Override
    public synchronized void close() {
        if (start != null && total == null) {
            stop();
        }
    }
}
