package io.pottery.lock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lease that this process holds.
 *
 * @param key the key of the lock on each master
 * @param label how metrics call the lock; null if its options do not say
 * @param fencingToken the number of the lease
 * @param remaining for how long it is still valid, unless it is extended
 * @param renewal whether it is extended all by itself
 */
public record LeaseInfo(String key, @Nullable String label, long fencingToken, Duration remaining, boolean renewal) {}
