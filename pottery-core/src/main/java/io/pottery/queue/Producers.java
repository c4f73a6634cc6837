package io.pottery.queue;

import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.Timer;
import io.pottery.queue.StoredQueue.IfFull;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Those in this process who wait for room in one queue, first come, first served. They ask together: when they are told
 * that there may be room, and each second, because Python's consumers do not tell.
 */
final class Producers {

    private static final Duration MAX_SILENCE = Duration.ofSeconds(1);
    private static final int MOST = 100;

    private final StoredQueue stored;
    private final Signals signals;
    private final Timer timer;
    private final Runnable listener = this::told;

    private final Deque<Offer> waiting = new ArrayDeque<>();
    private boolean asking;
    private boolean again;
    private boolean listening;
    private Timer.@Nullable Task alarm;

    Producers(StoredQueue stored, Signals signals, Timer timer) {
        this.stored = stored;
        this.signals = signals;
        this.timer = timer;
    }

    /**
     * Puts {@code item} when there is room; completes with false if there is none by {@code timeout}, where null waits
     * for ever, or if the future is cancelled before it is known. A cancelled future may complete with true.
     */
    CompletableFuture<Boolean> put(String item, @Nullable Duration timeout) {
        Offer offer = new Offer(item);
        if (timeout != null) {
            Timer.Task impatience = timer.after(timeout, () -> giveUp(offer, timeout));
            offer.whenComplete((put, failure) -> impatience.cancel());
        }
        synchronized (this) {
            waiting.add(offer);
            again = true;
        }
        advance();
        return offer;
    }

    private void told() {
        synchronized (this) {
            again = true;
        }
        advance();
    }

    private void advance() {
        List<Offer> batch = new ArrayList<>();
        synchronized (this) {
            if (asking || !again || waiting.isEmpty()) {
                return;
            }
            again = false;
            asking = true;
            for (Offer offer : waiting) {
                if (batch.size() < MOST) {
                    offer.underWay = true;
                    batch.add(offer);
                }
            }
        }
        stored.offer(batch.stream().map(offer -> offer.item).toList(), IfFull.WAIT)
                .whenComplete((put, failure) -> answered(batch, put, failure));
    }

    private void answered(List<Offer> batch, @Nullable Integer put, @Nullable Throwable failure) {
        boolean listens;
        synchronized (this) {
            asking = false;
            int done = put == null ? batch.size() : put;
            for (int i = 0; i < batch.size(); i++) {
                Offer offer = batch.get(i);
                offer.underWay = false;
                if (failure != null) {
                    offer.completeExceptionally(failure);
                } else if (i < done) {
                    offer.settle(true);
                } else if (offer.unwanted) {
                    offer.settle(false);
                }
            }
            waiting.removeIf(CompletableFuture::isDone);
            again |= done == batch.size();
            if (alarm != null) {
                alarm.cancel();
                alarm = null;
            }
            if (!waiting.isEmpty()) {
                alarm = timer.after(MAX_SILENCE, this::told);
            }
            listens = !listening && done < batch.size() && !waiting.isEmpty();
            listening |= listens;
        }
        if (listens) {
            signals.listen(stored.key().name(), listener).thenRun(this::told);
        }
        advance();
        closeIfOver();
    }

    private void closeIfOver() {
        synchronized (this) {
            if (!listening || asking || !waiting.isEmpty()) {
                return;
            }
            listening = false;
        }
        signals.unlisten(stored.key().name(), listener);
    }

    private void giveUp(Offer offer, Duration timeout) {
        if (!offer.stop()) {
            timer.after(
                    Consumers.STALL,
                    () -> offer.completeExceptionally(MasterException.unknown("no answer within " + timeout, null)));
        }
    }

    /** An element that is to be put. */
    private final class Offer extends CompletableFuture<Boolean> {

        private final String item;
        private boolean underWay;
        private boolean unwanted;

        Offer(String item) {
            this.item = item;
        }

        /** Gives up, at once unless it is under way: then, it is not known yet whether it will have been put. */
        boolean stop() {
            synchronized (Producers.this) {
                unwanted = true;
                return !underWay && settle(false);
            }
        }

        boolean settle(boolean put) {
            waiting.remove(this);
            return complete(put);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            stop();
            return false; // what becomes of it is told by its result
        }
    }
}
