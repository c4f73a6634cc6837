package io.pottery.internal.redis;

import io.pottery.error.PotteryException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The temporary keys of one keyspace, and the timer that renews those which are open and reachable. Its thread runs
 * only while there are such keys; nothing here keeps one reachable.
 */
public final class TemporaryKeys {

    private static final Log LOG = LogFactory.getLog(TemporaryKeys.class);

    private static final String PREFIX = "pottery:";
    private static final int MAX_TRIES = 3;
    private static final Duration PERIOD = TemporaryLife.REMAINDER.dividedBy(3);

    private final Supplier<String> ids;
    private final Duration period;
    private final Timer timer;
    private final Map<String, WeakReference<TemporaryLife>> lives = new ConcurrentHashMap<>();
    private boolean scheduled;
    private volatile boolean failing;

    /** Keys with random names, which are renewed at a third of what is left of them. */
    public TemporaryKeys(Timer timer) {
        this(() -> UUID.randomUUID().toString(), PERIOD, timer);
    }

    /**
     * Begins nothing yet.
     *
     * @param ids where the random part of each name comes from
     * @param period how long after each other open keys are renewed
     * @param timer tells when
     */
    public TemporaryKeys(Supplier<String> ids, Duration period, Timer timer) {
        this.ids = ids;
        this.period = period;
        this.timer = timer;
    }

    /** Begins the life of a key that does not exist; {@code keys} makes the key of a name. */
    TemporaryLife open(Function<String, RedisKey> keys) {
        for (int i = 0; i < MAX_TRIES; i++) {
            String name = PREFIX + ids.get();
            RedisKey key = keys.apply(name);
            if (!exists(key)) {
                TemporaryLife life = new TemporaryLife(name, key);
                if (lives.putIfAbsent(name, new WeakReference<>(life)) == null) {
                    schedule();
                    return life;
                }
            }
        }
        throw new PotteryException(
                "No name for a temporary key was free in %d tries: random UUIDs do not repeat, so look for what makes them"
                        .formatted(MAX_TRIES));
    }

    /** The life of the temporary key called {@code name}; null if the name is the user's own. */
    @Nullable
    TemporaryLife named(String name) {
        WeakReference<TemporaryLife> life = lives.get(name);
        return life == null ? null : life.get();
    }

    /** Renews all keys that are open and reachable. The first failure is told, and no other until a pass has none. */
    public void renew() {
        lives.values().removeIf(life -> life.get() == null);
        boolean failed = false;
        for (TemporaryLife life : open().toList()) {
            try {
                life.renew();
            } catch (RuntimeException e) {
                if (!failing && !failed) {
                    LOG.warn("Temporary keys cannot be renewed, and end in a minute unless Redis is back before", e);
                }
                failed = true;
            }
        }
        failing = failed;
    }

    private static boolean exists(RedisKey key) {
        return key.reply(redis -> redis.keyCommands().exists(key.bytes()));
    }

    private Stream<TemporaryLife> open() {
        return lives.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .filter(TemporaryLife::isOpen);
    }

    private synchronized void schedule() {
        if (!scheduled) {
            scheduled = true;
            timer.after(period, () -> Background.run("pottery-renewal", this::pass));
        }
    }

    private void pass() {
        try {
            renew();
        } finally {
            scheduleNext();
        }
    }

    private synchronized void scheduleNext() {
        scheduled = false;
        if (open().findAny().isPresent()) {
            schedule();
        }
    }
}
