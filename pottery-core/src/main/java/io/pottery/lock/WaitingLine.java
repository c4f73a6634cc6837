package io.pottery.lock;

import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.Timer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one lock in this process, first come, first served. Only the first of them asks the masters: when
 * a release is told of, or when the lock can be free at the earliest. While one of this process holds the lock, nobody
 * asks.
 */
final class WaitingLine {

    /** How long a message may be missing before the masters are asked all the same. */
    private static final Duration MAX_SILENCE = Duration.ofSeconds(1);

    /** Within which those who heard of a release ask, so that they do not all get a part of the masters. */
    private static final Duration SPREAD = Duration.ofMillis(2);

    private final String name;
    private final Surroundings world;
    private final WaitingLines lines;
    private final Runnable listener = this::told;

    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private @Nullable Waiter asking;
    private boolean heard;
    private int handedOn;
    private boolean othersWait;
    private volatile boolean listening;
    private boolean closed;
    private @Nullable WeakReference<HeldLease> holder;
    private Timer.@Nullable Task alarm;

    WaitingLine(String name, Surroundings world, WaitingLines lines) {
        this.name = name;
        this.world = world;
        this.lines = lines;
    }

    /** Puts {@code waiter} at the end; false if the line is closed, and a new one must be begun. */
    synchronized boolean add(Waiter waiter) {
        return !closed && waiters.add(waiter);
    }

    void remove(Waiter waiter) {
        synchronized (this) {
            waiters.remove(waiter);
        }
        closeIfOver();
    }

    /**
     * The release of a lease of this process has been sent. What is asked now arrives right behind it, and so takes the
     * lock past those who wait in other processes: only done when there were none the last time.
     */
    void sent() {
        synchronized (this) {
            if (othersWait) {
                return;
            }
            holder = null;
            handedOn++;
        }
        advance();
    }

    /** The lease of this process has been released; {@code others} wait for the lock in other processes. */
    void freed(boolean others) {
        synchronized (this) {
            othersWait = others;
            if (handedOn > 0) {
                handedOn--;
                heard = true; // in case the release has come later than what was asked behind it
                return;
            }
            holder = null;
        }
        ask(others);
    }

    /** A master tells of a release. */
    private void told() {
        synchronized (this) {
            if (isHeldHere()) {
                return; // it is of one that came before
            }
        }
        ask(true);
    }

    private void ask(boolean others) {
        synchronized (this) {
            heard = true;
            if (others && world.masters().masters().size() > 1) {
                if (asking == null && !waiters.isEmpty()) {
                    alarmAfter(waiters.element().random(SPREAD));
                }
                return;
            }
        }
        advance();
    }

    /** Somebody has joined: the first to do so asks, the others wait until it is time to ask again. */
    void joined() {
        synchronized (this) {
            if (alarm != null) {
                return;
            }
        }
        advance();
    }

    /** Has the first in line ask, unless that is under way or would be in vain. */
    void advance() {
        Waiter first;
        synchronized (this) {
            waiters.removeIf(waiter -> waiter.result.isDone());
            if (waiters.isEmpty() || asking != null) {
                return;
            }
            if (isHeldHere()) {
                return;
            }
            first = waiters.element();
            asking = first;
            heard = false;
        }
        world.masters()
                .ask(
                        master -> master.listen(name, listener),
                        first.lock.patience(),
                        votes -> votes.decided(subscribed -> subscribed))
                .thenCompose(votes -> {
                    listening = votes.carried(subscribed -> subscribed);
                    return first.result.isDone()
                            ? CompletableFuture.completedFuture(new Attempt.Split())
                            : first.attempt(true);
                })
                .whenComplete((attempt, failure) -> answered(first, attempt, failure));
    }

    /** Whether one of this process has the lock; if so, sees to it that the masters are asked when its time is over. */
    private boolean isHeldHere() {
        HeldLease held = holder == null ? null : holder.get();
        if (held == null || !held.isInTheWay()) {
            return false;
        }
        alarmAfter(held.remaining());
        return true;
    }

    private void answered(Waiter first, @Nullable Attempt attempt, @Nullable Throwable failure) {
        if (failure == null && !(attempt instanceof Attempt.Won)) {
            first.stopIfLate();
        }
        List<Waiter> others;
        synchronized (this) {
            asking = null;
            if (attempt instanceof Attempt.Won won) {
                holder = new WeakReference<>(won.lease());
            } else if (failure == null && !heard && !first.result.isDone()) {
                alarmAfter(attempt instanceof Attempt.Held held ? pause(first, held) : first.pause());
                return;
            }
            others = failure == null ? List.of() : noMorePatientThan(first);
        }
        WaitingLines.settle(first, attempt, failure);
        others.forEach(other -> WaitingLines.settle(other, null, failure));
        advance();
        closeIfOver();
    }

    /** Those whom what has failed {@code first} would have failed, too. */
    private List<Waiter> noMorePatientThan(Waiter first) {
        Duration patience = first.lock.patience();
        return waiters.stream()
                .filter(waiter -> waiter.lock.patience().compareTo(patience) <= 0)
                .toList();
    }

    private Duration pause(Waiter first, Attempt.Held held) {
        Duration pause = held.free().plus(first.random(SPREAD));
        Duration longest = held.told() && listening
                ? MAX_SILENCE
                : first.random(first.lock.options().retryDelay());
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private synchronized void alarmAfter(Duration delay) {
        if (alarm != null) {
            alarm.cancel();
        }
        alarm = world.timer().after(delay, this::awake);
    }

    private void awake() {
        synchronized (this) {
            alarm = null;
        }
        advance();
    }

    private void closeIfOver() {
        synchronized (this) {
            if (closed || asking != null || !waiters.isEmpty()) {
                return;
            }
            closed = true;
            if (alarm != null) {
                alarm.cancel();
            }
        }
        lines.remove(name, this);
        world.masters().masters().forEach(master -> master.unlisten(name, listener));
    }
}
