package io.pottery.queue;

import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The consumers of one queue by whose names this process asks no more, because a reply to them was lost, and may have
 * handed something out. What they have, and this process does not know of, is given back, as soon as the server is
 * there.
 */
final class LostReplies {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final String PROCESS = UUID.randomUUID() + ":";
    private static final AtomicLong NAMES = new AtomicLong();

    private final StoredQueue stored;
    private final Held held;
    private final Timer timer;
    private final List<Lost> consumers = new ArrayList<>();
    private boolean scheduled;

    LostReplies(StoredQueue stored, Held held, Timer timer) {
        this.stored = stored;
        this.held = held;
        this.timer = timer;
    }

    /** A name that no consumer has had. */
    static String newName() {
        return PROCESS + NAMES.incrementAndGet();
    }

    /**
     * The name to go on with after a call of {@code consumer} has failed.
     *
     * @param later how long after that the server may still do what it was asked
     */
    synchronized String nextName(String consumer, Throwable failure, Duration later) {
        boolean unsent = Completion.causeOf(failure) instanceof MasterException unanswered && !unanswered.sent();
        if (unsent || RedisKey.isReply(failure)) {
            return consumer;
        }
        consumers.add(new Lost(consumer, ElapsedClock.system().mark(), later));
        schedule();
        return newName();
    }

    private synchronized void schedule() {
        if (!scheduled && !consumers.isEmpty()) {
            scheduled = true;
            timer.after(PAUSE, this::giveBack);
        }
    }

    private void giveBack() {
        List<Lost> some;
        synchronized (this) {
            some = List.copyOf(consumers);
        }
        CompletableFuture.allOf(some.stream().map(this::giveBack).toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> {
                    synchronized (this) {
                        scheduled = false;
                    }
                    schedule();
                });
    }

    private CompletableFuture<?> giveBack(Lost lost) {
        boolean last = lost.isOver();
        return stored.abandon(lost.consumer(), held.idsOf(lost.consumer())).whenComplete((done, failure) -> {
            if (failure == null ? last : !RedisKey.mayPass(failure)) {
                synchronized (this) {
                    consumers.remove(lost);
                }
            }
        });
    }

    /** A consumer that may be handed something until {@code later} from when its call had failed. */
    private record Lost(String consumer, ElapsedClock.Mark since, Duration later) {

        boolean isOver() {
            return since.elapsed().compareTo(later) > 0;
        }
    }
}
