package io.pottery.queue;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a queue behaves for those who use this handle. Immutable; begin with {@link #defaults()}. Only elements are kept
 * in Redis, and not what is set here: give it to every handle, in every process.
 *
 * @param capacity how many elements may wait in the queue, more than 0; {@link Integer#MAX_VALUE}, the default, for no
 *     limit. What is handed out does not count.
 * @param visibilityTimeout how long a consumer may be silent before what was handed out to it is handed out to another
 *     one; 30 s by default, 100 ms to 1 day
 * @param deadLetters the name of the queue that takes what was delivered too often; null, the default, for none
 * @param maxDeliveries how often an element is delivered before it goes there; 0 if there is no such queue
 */
public record QueueOptions(
        int capacity, Duration visibilityTimeout, @Nullable String deadLetters, int maxDeliveries) {

    private static final Duration MIN_VISIBILITY = Duration.ofMillis(100);
    private static final Duration MAX_VISIBILITY = Duration.ofDays(1);

    private static final QueueOptions DEFAULTS = new QueueOptions(Integer.MAX_VALUE, Duration.ofSeconds(30), null, 0);

    /** Checks the options. */
    public QueueOptions {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity must be more than 0, was " + capacity);
        }
        Objects.requireNonNull(visibilityTimeout, "visibilityTimeout must not be null");
        if (visibilityTimeout.compareTo(MIN_VISIBILITY) < 0 || visibilityTimeout.compareTo(MAX_VISIBILITY) > 0) {
            throw new IllegalArgumentException("visibilityTimeout must be between %s and %s, was %s"
                    .formatted(MIN_VISIBILITY, MAX_VISIBILITY, visibilityTimeout));
        }
        if (deadLetters == null ? maxDeliveries != 0 : maxDeliveries <= 0) {
            throw new IllegalArgumentException(
                    "maxDeliveries must be more than 0 if there is a queue for dead letters, and 0 if not, was "
                            + maxDeliveries);
        }
    }

    /** No limit, a visibility timeout of 30 s, and no queue for dead letters. */
    public static QueueOptions defaults() {
        return DEFAULTS;
    }

    /** Lets at most {@code capacity} elements wait. */
    public QueueOptions withCapacity(int capacity) {
        return new QueueOptions(capacity, visibilityTimeout, deadLetters, maxDeliveries);
    }

    /** Takes a consumer for dead that has been silent for {@code visibilityTimeout}. */
    public QueueOptions withVisibilityTimeout(Duration visibilityTimeout) {
        return new QueueOptions(capacity, visibilityTimeout, deadLetters, maxDeliveries);
    }

    /**
     * Moves what was delivered {@code maxDeliveries} times, and never confirmed, to the queue called {@code queue}. On
     * a cluster both names must have the same hash tag.
     */
    public QueueOptions withDeadLetters(String queue, int maxDeliveries) {
        return new QueueOptions(
                capacity, visibilityTimeout, Objects.requireNonNull(queue, "queue must not be null"), maxDeliveries);
    }

    boolean isBounded() {
        return capacity < Integer.MAX_VALUE;
    }
}
