package io.pottery.id;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How ids are had. Immutable; begin with {@link #defaults()}.
 *
 * @param block how many ids an instance takes from the masters at once, to give them out one by one without asking; 1,
 *     the default, asks for every id, so that ids are in order everywhere. 1 to 1,000,000.
 * @param timeout after what time a call begins no further try while others are faster; 10 s by default
 * @param masterTimeout how long one master is waited for if there is no majority without it; 1 s by default
 */
public record NextIdOptions(int block, Duration timeout, Duration masterTimeout) {

    /** How many ids can be had at once. */
    static final int MOST = 1_000_000;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final NextIdOptions DEFAULTS = new NextIdOptions(1, Duration.ofSeconds(10), Duration.ofSeconds(1));

    /** Checks the options. */
    public NextIdOptions {
        requireCount("block", block);
        requirePositive("timeout", timeout);
        requirePositive("masterTimeout", masterTimeout);
    }

    /** Ids that are in order everywhere, each of which is asked for. */
    public static NextIdOptions defaults() {
        return DEFAULTS;
    }

    /**
     * These options with {@code block} ids that an instance takes at once. Ids are unique all the same, but in order
     * only among those of one instance.
     */
    public NextIdOptions withBlock(int block) {
        return new NextIdOptions(block, timeout, masterTimeout);
    }

    /** These options with calls that begin no further try after {@code timeout}. */
    public NextIdOptions withTimeout(Duration timeout) {
        return new NextIdOptions(block, timeout, masterTimeout);
    }

    /** These options with masters that are waited for {@code masterTimeout} each. */
    public NextIdOptions withMasterTimeout(Duration masterTimeout) {
        return new NextIdOptions(block, timeout, masterTimeout);
    }

    static int requireCount(String name, int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("%s must be between 1 and %,d, was %,d".formatted(name, MOST, count));
        }
        return count;
    }

    private static void requirePositive(String name, @Nullable Duration value) {
        if (value == null || value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s must be between 1 ms and %d ms, was %s".formatted(name, LONGEST.toMillis(), value));
        }
    }
}
