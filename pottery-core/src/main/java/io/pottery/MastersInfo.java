package io.pottery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How masters were when they were asked.
 *
 * @param masters the masters, in the order in which they were given
 * @param quorum whether a majority of them can be reached, without which nothing is granted
 */
public record MastersInfo(List<Master> masters, boolean quorum) {

    /** Copies the list. */
    public MastersInfo {
        masters = List.copyOf(masters);
    }

    /**
     * One master.
     *
     * @param name how messages call it, its address included
     * @param latency how long it took to answer; null if it did not
     * @param failure why it did not answer, without passwords; null if it did
     */
    public record Master(
            String name,
            @Nullable Duration latency,
            @Nullable String failure) {

        public boolean isReachable() {
            return failure == null;
        }
    }
}
