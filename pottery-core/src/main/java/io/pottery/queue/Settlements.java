package io.pottery.queue;

import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import io.pottery.queue.StoredQueue.Fate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server what has become of the elements of one queue that this process was handed, in the order in which it
 * happened. What piles up while one message is under way goes with the next. If the server is away, it is told when it
 * is back.
 */
final class Settlements {

    private static final Log LOG = LogFactory.getLog(Settlements.class);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST = 1_000;

    private final StoredQueue stored;
    private final Held held;
    private final Timer timer;
    private final Deque<Settlement> waiting = new ArrayDeque<>();
    private boolean busy;

    Settlements(StoredQueue stored, Held held, Timer timer) {
        this.stored = stored;
        this.held = held;
        this.timer = timer;
    }

    /** Lets {@code fate} be that of {@code handed}; false if another one had it by then, or it was gone. */
    CompletableFuture<Boolean> settle(Handed handed, Fate fate) {
        Settlement settlement = new Settlement(handed, fate);
        settle(List.of(settlement));
        return settlement.done;
    }

    /** Removes all of {@code handed}. */
    void acknowledge(Collection<Handed> handed) {
        settle(handed.stream().map(each -> new Settlement(each, Fate.ACK)).toList());
    }

    private void settle(List<Settlement> settlements) {
        synchronized (this) {
            waiting.addAll(settlements);
        }
        advance();
    }

    private void advance() {
        List<Settlement> batch = new ArrayList<>();
        synchronized (this) {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            while (batch.size() < MOST && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
        }
        stored.settle(
                        batch.stream().map(each -> each.handed).toList(),
                        batch.stream().map(each -> each.fate).toList())
                .whenComplete((results, failure) -> answered(batch, results, failure));
    }

    private void answered(List<Settlement> batch, @Nullable List<Object> results, @Nullable Throwable failure) {
        if (failure != null && RedisKey.mayPass(failure)) {
            boolean sent = !(Completion.causeOf(failure) instanceof MasterException unanswered) || unanswered.sent();
            synchronized (this) {
                for (int i = batch.size() - 1; i >= 0; i--) {
                    batch.get(i).repeated |= sent;
                    waiting.addFirst(batch.get(i));
                }
            }
            timer.after(PAUSE, this::next);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            Settlement each = batch.get(i);
            held.remove(each.handed);
            if (results != null) {
                long result = (Long) results.get(i);
                each.done.complete(result == 1 || (each.repeated && (result == 0 || result == each.fate.trace)));
            } else {
                each.done.completeExceptionally(failure);
            }
        }
        if (failure != null) {
            LOG.warn("%d elements of %s could not be confirmed or given back, and will be delivered again: %s"
                    .formatted(batch.size(), stored.key(), failure.getMessage()));
        }
        next();
    }

    private void next() {
        synchronized (this) {
            busy = false;
        }
        advance();
    }

    /** What the server is to be told of one element. */
    private static final class Settlement {

        final Handed handed;
        final Fate fate;
        final CompletableFuture<Boolean> done = new CompletableFuture<>();

        /** Whether it may have been told already: then what looks like it was its own doing. */
        boolean repeated;

        Settlement(Handed handed, Fate fate) {
            this.handed = handed;
            this.fate = fate;
        }
    }
}
