package io.pottery.queue;

import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.StreamEntry;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The call with which this process waits on the server for elements of one queue, over a connection of its own. What it
 * brings was put after all that was asked for before.
 */
final class ServerWait {

    /** Within which it ends by itself, or is tried once more to be ended. */
    private static final Duration SOON = Duration.ofMillis(5);

    /** How long it is waited for its end at the most. */
    private static final Duration HOLD = Duration.ofMillis(250);

    /** How long the connection stays open when there is no such call. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final StoredQueue stored;
    private final LostReplies lost;
    private final Signals signals;
    private final LettuceReader reader;
    private final Timer timer;
    private final Runnable listener;

    private String consumer = LostReplies.newName();
    private String asking = consumer;
    private boolean underWay;
    private ElapsedClock.Mark changed = ElapsedClock.system().mark();
    private Duration patience = Duration.ZERO;
    private ElapsedClock.@Nullable Mark ending;
    private boolean idles;
    private @Nullable CompletableFuture<Boolean> listening;

    /**
     * Waits for nothing yet.
     *
     * @param listener is told while there is such a call, and for some time after, when something was given back
     */
    ServerWait(
            StoredQueue stored,
            LostReplies lost,
            Signals signals,
            LettuceReader reader,
            Timer timer,
            Runnable listener) {
        this.stored = stored;
        this.lost = lost;
        this.signals = signals;
        this.reader = reader;
        this.timer = timer;
        this.listener = listener;
    }

    synchronized boolean isUnderWay() {
        return underWay;
    }

    /** Whether it is about to end, and may bring something until then. */
    synchronized boolean isEnding() {
        return ending != null && ending.elapsed().compareTo(HOLD) < 0;
    }

    /** Begins the call, which is then to be sent. */
    synchronized void begin(Duration patience) {
        this.underWay = true;
        this.asking = consumer;
        this.patience = patience;
        this.changed = ElapsedClock.system().mark();
    }

    /**
     * Sends the call, which brings up to {@code count} elements. Whoever gets them tells that it has {@link #ended}.
     */
    CompletableFuture<List<Handed>> send(int count) {
        String queue = stored.key().name();
        listen(queue);
        String name = asking;
        return reader.read(queue, StoredQueue.GROUP, name, count, patience)
                .thenApply(entries ->
                        entries.stream().map(entry -> handed(name, entry)).toList());
    }

    /** What happened before the listener could be told, it is told of when it can, however soon that is. */
    private void listen(String queue) {
        CompletableFuture<Boolean> current = signals.listen(queue, listener);
        boolean since;
        synchronized (this) {
            since = current == listening;
            listening = current;
        }
        if (!since) {
            current.thenRun(listener);
        }
    }

    /** The call has ended, with a failure or not. */
    synchronized void ended(@Nullable Throwable failure) {
        underWay = false;
        ending = null;
        changed = ElapsedClock.system().mark();
        if (failure != null) {
            String next = lost.nextName(asking, failure);
            consumer = consumer.equals(asking) ? next : consumer;
        }
        if (!idles) {
            idles = true;
            timer.after(IDLE, this::closeIfIdle);
        }
    }

    /** Asks in another name from now on. */
    synchronized void rename() {
        consumer = LostReplies.newName();
    }

    /**
     * Asks for the end of the call, because nobody waits for what it would bring, unless it ends anyway, or cannot be
     * ended.
     *
     * @param later is run when its end is not waited for any more
     */
    void requestEnd(Runnable later) {
        boolean byItself;
        synchronized (this) {
            byItself = changed.elapsed().compareTo(patience.minus(SOON)) >= 0;
            if (!underWay || ending != null || !(byItself || reader.canBeUnblocked())) {
                return;
            }
            ending = ElapsedClock.system().mark();
        }
        timer.after(HOLD, later);
        if (!byItself) {
            unblock(SOON);
        }
    }

    /** Tells the server; again {@code pause} later if the call has not got there yet. */
    private void unblock(Duration pause) {
        Long client = reader.client();
        CompletableFuture<Boolean> unblocked =
                client == null ? CompletableFuture.completedFuture(false) : stored.unblock(client);
        unblocked.whenComplete((done, failure) -> {
            if ((failure != null || !done) && isToEnd()) {
                timer.after(pause, () -> {
                    if (isToEnd()) {
                        unblock(pause.multipliedBy(2));
                    }
                });
            }
        });
    }

    private synchronized boolean isToEnd() {
        return underWay && ending != null;
    }

    private void closeIfIdle() {
        synchronized (this) {
            Duration rest = IDLE.minus(changed.elapsed());
            if (underWay || rest.compareTo(Duration.ZERO) > 0) {
                timer.after(underWay ? IDLE : rest, this::closeIfIdle);
                return;
            }
            idles = false;
        }
        signals.unlisten(stored.key().name(), listener);
        reader.close();
    }

    private static Handed handed(String consumer, StreamEntry entry) {
        return new Handed(consumer, entry.id(), 1, entry.fields().getOrDefault("item", ""));
    }
}
