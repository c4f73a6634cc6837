package io.pottery.cache;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Redis says when it is asked for an entry. */
sealed interface Lookup {

    /** What is asked. */
    enum Mode {
        LOOK,
        GET,
        REFRESH,
        AHEAD;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * There is one.
     *
     * @param life how long a copy of it may live; null if for ever
     * @param left how long it has left itself; null if for ever
     */
    record Hit(
            byte[] json, @Nullable Duration life, @Nullable Duration left) implements Lookup {}

    /** There is none. */
    record None() implements Lookup {}

    /** There is none, and the caller is to compute it, as one of those who do in this epoch. */
    record Turn(String epoch, long number) implements Lookup {}

    /** There is none, and another computes it, for whom callers may wait so long. */
    record Busy(String epoch, Duration lease) implements Lookup {}
}
