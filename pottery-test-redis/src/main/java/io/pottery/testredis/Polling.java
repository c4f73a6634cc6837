package io.pottery.testredis;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that does not announce itself: by looking again every few milliseconds, until a deadline. */
final class Polling {

    private static final long MILLIS_BETWEEN_LOOKS = 4;

    private Polling() {}

    static void until(Duration limit, BooleanSupplier holds, Supplier<String> complaint) {
        firstOf(limit, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty(), complaint);
    }

    /** The first answer that is there. What {@code look} throws ends the waiting. */
    static <T> T firstOf(Duration limit, Supplier<Optional<T>> look, Supplier<String> complaint) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> answer = look.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new IllegalStateException("%s (waited %d seconds)".formatted(complaint.get(), limit.toSeconds()));
            }
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting: " + complaint.get(), e);
            }
        }
    }
}
