package io.pottery.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Entries that are computed anew before they end, each by one thread of this process at a time. */
final class Ahead {

    private static final Log LOG = LogFactory.getLog(Ahead.class);

    /** How long after a computation that failed the next one begins. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Ahead() {}

    /** Has {@code work} compute the entry at {@code field} and tell how it ended, unless another one does. */
    static void begin(CacheState<?> state, byte[] field, Consumer<Consumer<@Nullable Throwable>> work) {
        String text = new String(field, StandardCharsets.US_ASCII);
        if (!state.refreshing().add(text)) {
            return;
        }
        try {
            work.accept(failure -> end(state, text, failure));
        } catch (RuntimeException e) { // of an executor
            end(state, text, e);
        }
    }

    private static void end(CacheState<?> state, String field, @Nullable Throwable failure) {
        if (failure == null) {
            state.refreshing().remove(field);
        } else {
            LOG.warn(
                    "An entry of cache %s could not be computed before it ends"
                            .formatted(state.entries().hash()),
                    failure);
            state.timer().after(PAUSE, () -> state.refreshing().remove(field));
        }
    }
}
