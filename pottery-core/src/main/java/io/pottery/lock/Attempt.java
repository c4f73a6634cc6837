package io.pottery.lock;

import java.time.Duration;

/** What came of trying once to take a lock. */
sealed interface Attempt {

    /** It was taken. */
    record Won(HeldLease lease) implements Attempt {}

    /**
     * Another one holds it.
     *
     * @param free when it can be free at the earliest, as far as the masters tell
     * @param told whether the holder will tell of its release
     */
    record Held(Duration free, boolean told) implements Attempt {}

    /** Nobody got it, as far as this one can tell: several tried at once, or masters did not answer in time. */
    record Split() implements Attempt {}
}
