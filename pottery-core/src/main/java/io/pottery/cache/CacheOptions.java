package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cache keeps its entries, and what its callers do while there is none. Immutable; begin with
 * {@link #defaults()}, or {@link #ofTtl} for entries that end by themselves.
 *
 * @param timeout how long after the last access, whoever's, the whole cache ends; null for never
 * @param ttl how long after it was stored an entry ends; null if only with the cache
 * @param jitter by which part of it, at most, each time to live is shortened at random, so that entries which were
 *     stored together do not end together; from 0 to below 1
 * @param nullTtl how long after it was stored a null ends; null if nulls are not stored
 * @param sync whether one process at a time computes an entry, and the others wait for its result. Within one process,
 *     one thread does in any case.
 * @param lease how long others wait, with {@code sync}, for one that computes an entry and may have died; up to a day
 * @param refreshAhead an entry that is asked for with less than this left of its time to live is computed anew on
 *     another thread, while everybody still gets the old one; null for never
 * @param failOpen whether callers do without Redis when it fails; else they get the failure
 * @param near how many entries each process keeps in its own memory, each for a minute at most; 0 for none
 * @param label what metrics call the cache, which is to be one of few; null for its name. Caches of methods are called
 *     by the key that stands in the annotation.
 */
public record CacheOptions(
        @Nullable Duration timeout,
        @Nullable Duration ttl,
        double jitter,
        @Nullable Duration nullTtl,
        boolean sync,
        Duration lease,
        @Nullable Duration refreshAhead,
        boolean failOpen,
        int near,
        @Nullable String label) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** A million years or so, which no server can count. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private static final Duration LONGEST_LEASE = Duration.ofDays(1);

    private static final CacheOptions DEFAULTS = new CacheOptions(
            Duration.ofSeconds(60), null, 0.1, null, false, Duration.ofSeconds(10), null, true, 0, null);

    /** Refuses what cannot be. */
    public CacheOptions {
        requireBetween("timeout", timeout, LONGEST);
        requireBetween("ttl", ttl, LONGEST);
        requireBetween("nullTtl", nullTtl, LONGEST);
        requireBetween("lease", requireNonNull(lease, "lease must not be null"), LONGEST_LEASE);
        requireBetween("refreshAhead", refreshAhead, LONGEST);
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to below 1, was %s".formatted(jitter));
        }
        if (near < 0) {
            throw new IllegalArgumentException("near must be 0 or more entries, was %d".formatted(near));
        }
        if (label != null && label.isBlank()) {
            throw new IllegalArgumentException("label must not be blank");
        }
        if (refreshAhead != null && ttl == null) {
            throw new IllegalArgumentException("refreshAhead needs a ttl: without one, no entry is about to end");
        }
        if (refreshAhead != null && refreshAhead.compareTo(ttl) >= 0) {
            throw new IllegalArgumentException(
                    "refreshAhead must be less than the ttl of %s, was %s".formatted(ttl, refreshAhead));
        }
    }

    private static void requireBetween(String name, @Nullable Duration duration, Duration longest) {
        if (duration != null && (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0)) {
            throw new IllegalArgumentException(
                    "%s must be from 1 ms to %d days, was %s".formatted(name, longest.toDays(), duration));
        }
    }

    /** The whole cache ends 60 seconds after the last access, as in Python; nulls are not stored. */
    public static CacheOptions defaults() {
        return DEFAULTS;
    }

    /** Each entry ends {@code ttl} after it was stored, however often it is asked for. */
    public static CacheOptions ofTtl(Duration ttl) {
        return DEFAULTS.withoutTimeout().withTtl(requireNonNull(ttl, "ttl must not be null"));
    }

    public CacheOptions withTimeout(Duration timeout) {
        return new CacheOptions(
                requireNonNull(timeout, "timeout must not be null"),
                ttl,
                jitter,
                nullTtl,
                sync,
                lease,
                refreshAhead,
                failOpen,
                near,
                label);
    }

    /** The cache does not end, however long nobody asks. */
    public CacheOptions withoutTimeout() {
        return new CacheOptions(null, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withTtl(Duration ttl) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withJitter(double jitter) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withNullTtl(Duration nullTtl) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withSync() {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, true, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withLease(Duration lease) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    public CacheOptions withRefreshAhead(Duration refreshAhead) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    /** Callers get the failure when Redis fails. */
    public CacheOptions withoutFailOpen() {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, false, near, label);
    }

    public CacheOptions withNear(int near) {
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }

    /** Metrics call the cache {@code label}: "carts", say, for all of "cart:17" and the like. */
    public CacheOptions withLabel(String label) {
        requireNonNull(label, "label must not be null");
        return new CacheOptions(timeout, ttl, jitter, nullTtl, sync, lease, refreshAhead, failOpen, near, label);
    }
}
