package io.pottery.lock;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a lock is taken and held. Immutable; begin with {@link #defaults()}.
 *
 * @param autoReleaseTime how long a lease lasts unless it is released or extended; 10 s by default, 10 ms to 1 day
 * @param numExtensions how often a lease may be extended by {@code extend()}; 3 by default. Renewals do not count.
 * @param renewal whether leases are extended all by themselves at each third of their time, for as long as they are
 *     held; off by default
 * @param maximumHold how long a lease may last in all, however it is extended; null, the default, for no limit
 * @param retryDelay the longest pause between two tries while a holder will not tell of its release, as Python's do
 *     not, and after tries that got in each other's way; 200 ms by default
 * @param clockDriftFactor by how much clocks may differ in speed, as a part of the lease; 0.01 by default. A lease is
 *     taken for shorter by that part of it, and 2 ms.
 * @param masterTimeout how long one master is waited for; null, the default, for a fiftieth of the lease, 10 to 250 ms,
 *     and for a fifth of the lease, 50 ms to 2 s, if it is the only one
 * @param label what metrics call the lock, which is to be one of few; null, the default, for no name of its own. Locks
 *     of methods are called by the key that stands in the annotation.
 */
public record RedlockOptions(
        Duration autoReleaseTime,
        int numExtensions,
        boolean renewal,
        @Nullable Duration maximumHold,
        Duration retryDelay,
        double clockDriftFactor,
        @Nullable Duration masterTimeout,
        @Nullable String label) {

    private static final Duration MIN_LEASE = Duration.ofMillis(10);
    private static final Duration MAX_LEASE = Duration.ofDays(1);
    private static final Duration PADDING = Duration.ofMillis(2);
    private static final double MAX_DRIFT = 0.5;

    private static final RedlockOptions DEFAULTS =
            new RedlockOptions(Duration.ofSeconds(10), 3, false, null, Duration.ofMillis(200), 0.01, null, null);

    /** Checks the options. */
    public RedlockOptions {
        requireBetween("autoReleaseTime", autoReleaseTime, MIN_LEASE, MAX_LEASE);
        autoReleaseTime = autoReleaseTime.truncatedTo(ChronoUnit.MILLIS); // as servers count
        if (numExtensions < 0) {
            throw new IllegalArgumentException("numExtensions must be at least 0, was " + numExtensions);
        }
        if (maximumHold != null && maximumHold.compareTo(autoReleaseTime) < 0) {
            throw new IllegalArgumentException("maximumHold must be at least autoReleaseTime (%s), was %s"
                    .formatted(autoReleaseTime, maximumHold));
        }
        requireBetween("retryDelay", retryDelay, Duration.ofMillis(1), MAX_LEASE);
        if (!(clockDriftFactor >= 0 && clockDriftFactor <= MAX_DRIFT)) {
            throw new IllegalArgumentException("clockDriftFactor must be between 0 and 0.5, was " + clockDriftFactor);
        }
        if (masterTimeout != null) {
            requireBetween("masterTimeout", masterTimeout, Duration.ofMillis(1), MAX_LEASE);
        }
        if (label != null && label.isBlank()) {
            throw new IllegalArgumentException("label must not be blank");
        }
    }

    /** Leases of 10 seconds that may be extended three times and are not renewed. */
    public static RedlockOptions defaults() {
        return DEFAULTS;
    }

    /** These options with leases of {@code autoReleaseTime}. */
    public RedlockOptions withAutoReleaseTime(Duration autoReleaseTime) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options with leases that may be extended {@code numExtensions} times. */
    public RedlockOptions withNumExtensions(int numExtensions) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options with leases that are renewed for as long as they are held. */
    public RedlockOptions withRenewal() {
        return new RedlockOptions(
                autoReleaseTime, numExtensions, true, maximumHold, retryDelay, clockDriftFactor, masterTimeout, label);
    }

    /** These options with leases that last {@code maximumHold} at most. */
    public RedlockOptions withMaximumHold(Duration maximumHold) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options with pauses of at most {@code retryDelay}. */
    public RedlockOptions withRetryDelay(Duration retryDelay) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options for clocks that differ by {@code clockDriftFactor} at most. */
    public RedlockOptions withClockDriftFactor(double clockDriftFactor) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options with masters that are waited for {@code masterTimeout} each. */
    public RedlockOptions withMasterTimeout(Duration masterTimeout) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** These options for locks that metrics call {@code label}: "orders", say, for all of "order:17" and the like. */
    public RedlockOptions withLabel(String label) {
        return new RedlockOptions(
                autoReleaseTime,
                numExtensions,
                renewal,
                maximumHold,
                retryDelay,
                clockDriftFactor,
                masterTimeout,
                label);
    }

    /** How long a lease of {@code lease} is valid for its holder, whose clock may run slower than a master's. */
    Duration validity(Duration lease) {
        return lease.minus(Duration.ofNanos((long) (lease.toNanos() * clockDriftFactor)))
                .minus(PADDING);
    }

    /** How long one of {@code masters} is waited for; if there are others, they can do without it. */
    Duration patience(int masters) {
        if (masterTimeout != null) {
            return masterTimeout;
        }
        return masters == 1
                ? clamp(autoReleaseTime.dividedBy(5), Duration.ofMillis(50), Duration.ofSeconds(2))
                : clamp(autoReleaseTime.dividedBy(50), Duration.ofMillis(10), Duration.ofMillis(250));
    }

    private static Duration clamp(Duration duration, Duration min, Duration max) {
        if (duration.compareTo(min) < 0) {
            return min;
        }
        return duration.compareTo(max) > 0 ? max : duration;
    }

    private static void requireBetween(String name, @Nullable Duration value, Duration min, Duration max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("%s must be between %d ms and %d ms, was %s"
                    .formatted(name, min.toMillis(), max.toMillis(), value));
        }
    }
}
