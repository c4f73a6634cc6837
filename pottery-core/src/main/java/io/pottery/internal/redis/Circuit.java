package io.pottery.internal.redis;

import io.pottery.error.PotteryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers who can do without Redis from waiting for one that does not answer. The first failure to reach it opens
 * the circuit: from then on they are refused at once, until a thread of the circuit's own has reached it again.
 */
public final class Circuit {

    private static final Log LOG = LogFactory.getLog(Circuit.class);

    /** How long after a failure it is tried again. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Timer timer;
    private final AtomicReference<@Nullable PotteryException> failure = new AtomicReference<>();

    /** Creates a closed circuit. */
    public Circuit(Timer timer) {
        this.timer = timer;
    }

    /** Whether callers are refused. */
    public boolean isOpen() {
        return failure.get() != null;
    }

    /**
     * Does {@code work} with {@code key}, unless the circuit is open.
     *
     * @throws PotteryException if it is, or if the work fails
     */
    public <T extends @Nullable Object> T call(RedisKey key, Supplier<T> work) {
        PotteryException open = failure.get();
        if (open != null) {
            throw new PotteryException(
                    "%s was not asked for: Redis could not be reached a moment ago, and is tried again all the time (%s)"
                            .formatted(key, open.getMessage()),
                    open);
        }
        try {
            return work.get();
        } catch (PotteryException e) {
            if (Failures.isUnreachable(e) && failure.compareAndSet(null, e)) {
                LOG.warn("Caches do without Redis until it can be reached: " + e.getMessage());
                probeLater(key);
            }
            throw e;
        }
    }

    private void probeLater(RedisKey key) {
        timer.after(PAUSE, () -> {
            try {
                Background.run("pottery-probe", () -> probe(key));
            } catch (OutOfMemoryError e) { // no thread is left
                probeLater(key);
            }
        });
    }

    private void probe(RedisKey key) {
        try {
            key.typeFound();
        } catch (RuntimeException | Error e) {
            if (e instanceof Error || Failures.isUnreachable(e)) {
                probeLater(key);
                return;
            }
        }
        failure.set(null);
        LOG.info("Caches use Redis again");
    }
}
