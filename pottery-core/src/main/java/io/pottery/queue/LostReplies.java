package io.pottery.queue;

import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The consumers of one queue by whose names this process asks no more, because a reply to them was lost, and may have
 * handed something out. What they have, and this process does not know of, is given back: as soon as the server is
 * there, and once more when what was cut off cannot be done any more.
 */
final class LostReplies {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final String PROCESS = UUID.randomUUID() + ":";
    private static final AtomicLong NAMES = new AtomicLong();

    private final StoredQueue stored;
    private final Held held;
    private final Timer timer;
    private final Duration later;

    /**
     * Knows of none.
     *
     * @param patience how long a call may wait on the server
     */
    LostReplies(StoredQueue stored, Held held, Timer timer, Duration patience) {
        this.stored = stored;
        this.held = held;
        this.timer = timer;
        this.later = patience.plus(LettuceReader.GRACE);
    }

    /** A name that no consumer has had. */
    static String newName() {
        return PROCESS + NAMES.incrementAndGet();
    }

    /** The name to go on with after a call of {@code consumer} has failed. */
    String nextName(String consumer, Throwable failure) {
        boolean unsent = Completion.causeOf(failure) instanceof MasterException unanswered && !unanswered.sent();
        if (unsent || RedisKey.isReply(failure)) {
            return consumer;
        }
        abandon(consumer);
        return newName();
    }

    /** Gives back what {@code consumer} has, and this process does not know of; it is not to ask any more. */
    void abandon(String consumer) {
        timer.after(PAUSE, () -> giveBack(consumer, false));
    }

    private void giveBack(String consumer, boolean last) {
        stored.abandon(consumer, held.idsOf(consumer)).whenComplete((done, failure) -> {
            if (failure != null && RedisKey.mayPass(failure)) {
                timer.after(PAUSE, () -> giveBack(consumer, last));
            } else if (failure == null && !last) {
                timer.after(later, () -> giveBack(consumer, true));
            }
        });
    }
}
