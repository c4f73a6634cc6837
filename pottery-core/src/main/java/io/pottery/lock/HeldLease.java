package io.pottery.lock;

import io.micrometer.observation.Observation;
import io.pottery.error.ExtendUnlockedLockException;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.ReleaseUnlockedLockException;
import io.pottery.error.TooManyExtensionsException;
import io.pottery.internal.quorum.HandOver;
import io.pottery.internal.quorum.Votes;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.Observed;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.lock.RedlockProtocol.Answer;
import io.pottery.lock.RedlockProtocol.Request;
import io.pottery.observation.LockObservationContext;
import io.pottery.time.ElapsedClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A lease from the time it was won until it is released or lost: what {@link Lease} and {@link AsyncLease} show. It is
 * valid until its deadline, which is known here and needs no master; they can only move it.
 */
final class HeldLease {

    private static final Log LOG = LogFactory.getLog(HeldLease.class);

    private static final Duration LONGEST_WATCH = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final RedlockProtocol lock;
    private final Request request;
    private final List<RedisMaster> holders;

    private volatile Deadline deadline;
    private volatile @Nullable End end;
    private volatile boolean givenBack;
    private volatile @Nullable Observed<LockObservationContext> observed;
    private ElapsedClock.Mark lastSent;
    private int extensions;
    private final List<Runnable> listeners = new ArrayList<>(0);
    private Timer.@Nullable Task alarm;
    private Timer.@Nullable Task renewal;
    private @Nullable Thread owner;

    /** That a lease is over, and how it came about. */
    private record End(boolean released, String how) {}

    HeldLease(RedlockProtocol lock, Request request, Deadline deadline, List<RedisMaster> holders) {
        this.lock = lock;
        this.request = request;
        this.lastSent = request.sent;
        this.deadline = deadline;
        this.holders = holders;
    }

    String name() {
        return lock.name();
    }

    /** Begins to renew the lease if its options say so. */
    HeldLease begun() {
        lock.lines().ledger().holds(this, request.token);
        if (lock.options().renewal()) {
            synchronized (this) {
                watch();
                renewAfter(third());
            }
        }
        return this;
    }

    /** Has it observed that the lease is held, as a part of what {@code caller} observes. */
    void observedFor(@Nullable Observation caller) {
        Observed<LockObservationContext> holding = lock.lines().ledger().holding(lock, caller);
        observed = holding;
        End over = end; // if it was not seen, whoever ends the lease sees what is observed
        if (over != null) {
            lock.lines().ledger().ended(request.token, holding, over.released());
        } else if (holding.isObserved()) {
            synchronized (this) {
                cancel(alarm);
                watch(); // so that its end is seen, even if nobody asks
            }
        }
    }

    /** Has renewal stop when {@code thread} ends. */
    synchronized void ownedBy(Thread thread) {
        owner = thread;
    }

    long fencingToken() {
        return request.fence;
    }

    LeaseInfo info() {
        RedlockOptions options = lock.options();
        return new LeaseInfo(name(), options.label(), fencingToken(), remaining(), options.renewal());
    }

    boolean isValid() {
        return !remaining().isZero();
    }

    Duration remaining() {
        Duration remaining = deadline.remaining();
        return end == null ? remaining : Duration.ZERO;
    }

    /** Hands a future of this lease to the user. */
    CompletableFuture<@Nullable Void> handOver(CompletableFuture<@Nullable Void> future, Executor executor) {
        return HandOver.<@Nullable Void, @Nullable Void>to(executor, future, done -> done, done -> {});
    }

    /** Where futures and listeners of this lease run, unless the user says otherwise. */
    Executor executor() {
        return lock.world().executor();
    }

    /** Has {@code listener} run when the lease is lost, or now if it has been. */
    void onLost(Runnable listener, Executor executor) {
        Runnable told = () -> tell(listener, executor);
        synchronized (this) {
            if (end == null) {
                listeners.add(told);
                if (alarm == null) {
                    watch();
                }
                return;
            }
        }
        if (isLost()) {
            told.run();
        }
    }

    /** Whatever a listener does on this thread, the others are told, too. */
    private void tell(Runnable listener, Executor executor) {
        try {
            HandOver.execute(executor, listener);
        } catch (RuntimeException e) {
            LOG.error("A listener failed when %s was lost".formatted(this), e);
        }
    }

    /** Extends the lease by hand. */
    CompletableFuture<@Nullable Void> extend() {
        int limit = lock.options().numExtensions();
        loseIfOver();
        synchronized (this) {
            if (end != null) {
                return failed(
                        new ExtendUnlockedLockException("%s cannot be extended: it %s".formatted(this, end.how())));
            }
            if (extensions >= limit) {
                return failed(new TooManyExtensionsException(
                        "%s cannot be extended more than %d times: raise numExtensions, or have it renewed"
                                .formatted(this, limit)));
            }
            extensions++;
        }
        return move().whenComplete((done, failure) -> {
            if (failure != null) {
                synchronized (this) {
                    extensions--;
                }
            }
        });
    }

    /** Asks the masters for a later deadline. */
    private CompletableFuture<@Nullable Void> move() {
        RedlockOptions options = lock.options();
        ElapsedClock.Mark sent = lock.world().clock().mark();
        Duration lease = options.autoReleaseTime();
        if (options.maximumHold() != null) {
            Duration atEnd = remaining().plus(request.sent.elapsed());
            if (atEnd.compareTo(options.validity(options.maximumHold())) >= 0) {
                return failed(new TooManyExtensionsException(
                        "%s cannot be held longer than its maximum of %s".formatted(this, options.maximumHold())));
            }
            Duration left = options.maximumHold().minus(request.sent.elapsed());
            lease = left.compareTo(lease) < 0 ? left : lease;
        }
        synchronized (this) {
            lastSent = sent;
        }
        Deadline next = new Deadline(sent, options.validity(lease));
        return lock.extend(request.token, lease).thenApply(votes -> moved(votes, next));
    }

    private @Nullable Void moved(Votes<Answer> votes, Deadline next) {
        if (votes.carried(Answer::yes)) {
            loseIfOver();
            synchronized (this) {
                if (end != null) {
                    throw new ExtendUnlockedLockException(
                            "%s was not extended in time: it %s".formatted(this, end.how()));
                }
                deadline = next; // even if it is earlier: the masters end it then
            }
            Observed<LockObservationContext> holding = observed;
            if (holding != null) {
                holding.event(LockObservationContext.EXTENDED);
            }
            return null;
        }
        if (votes.carried(answer -> !answer.yes())) {
            lose("was unknown to a majority of the masters");
            throw new ExtendUnlockedLockException(
                    "%s cannot be extended: it is unknown to a majority of the masters".formatted(this));
        }
        lock.requirePossible(votes);
        throw new QuorumNotAchievedException(
                "%s was extended by %d of %d masters only, and ends when it would have ended"
                        .formatted(this, votes.count(Answer::yes), votes.masters()),
                votes.failures());
    }

    /** Gives the lock back; fails if it was not held any more. */
    CompletableFuture<@Nullable Void> release() {
        loseIfOver();
        End before = end(new End(true, "was released"));
        if (before != null) {
            return failed(
                    new ReleaseUnlockedLockException("%s cannot be released: it %s".formatted(this, before.how())));
        }
        return free();
    }

    private CompletableFuture<@Nullable Void> free() {
        return giveBack().thenApply(votes -> {
            if (votes.carried(Answer::yes)) {
                return null;
            }
            if (votes.carried(answer -> !answer.yes())) {
                throw new ReleaseUnlockedLockException(
                        "%s was unknown to a majority of the masters before it was released, so others may have held the lock meanwhile"
                                .formatted(this));
            }
            throw new QuorumNotAchievedException(
                    "%s was given back on %d of %d masters; where that failed it is tried until the lease ends by itself"
                            .formatted(this, votes.count(Answer::yes), votes.masters()),
                    votes.failures());
        });
    }

    /** Like {@link #release}, once; and masters that fail are no failure, because the lease was valid till then. */
    CompletableFuture<@Nullable Void> close() {
        loseIfOver();
        End before = end(new End(true, "was released"));
        if (before != null) {
            return before.released() ? DONE : failed(lostBefore(before.how()));
        }
        return free().exceptionallyCompose(failure -> {
            Throwable cause = Completion.causeOf(failure);
            if (cause instanceof ReleaseUnlockedLockException) {
                return failed(lostBefore("was unknown to a majority of the masters"));
            }
            LOG.warn(cause.getMessage());
            return DONE;
        });
    }

    private LeaseLostException lostBefore(String how) {
        return new LeaseLostException("%s %s before the work under it ended, so others may have held the lock meanwhile"
                .formatted(this, how));
    }

    private CompletableFuture<Votes<Answer>> giveBack() {
        Deadline gone;
        synchronized (this) {
            gone = new Deadline(lastSent, lock.options().autoReleaseTime().multipliedBy(2));
        }
        CompletableFuture<Votes<Answer>> votes = lock.release(request, holders, gone);
        givenBack = true;
        lock.lines().sent(name());
        return votes.whenComplete((counted, never) ->
                lock.lines().freed(name(), counted != null && counted.count(answer -> answer.number() > 0) > 0));
    }

    /** Whether others of this process would ask in vain: it is held, or its release has not been sent yet. */
    boolean isInTheWay() {
        return end == null ? !deadline.isOver() : !givenBack;
    }

    private boolean isLost() {
        End present = end;
        return present != null && !present.released();
    }

    void loseIfOver() {
        if (end == null && deadline.isOver()) {
            lose("was neither released nor extended in time");
        }
    }

    private void lose(String how) {
        if (end(new End(false, how)) != null) {
            return;
        }
        giveBack();
        List<Runnable> told;
        synchronized (this) {
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    /** Sees to it that the lease is lost at its deadline. */
    private synchronized void watch() {
        if (end == null) {
            Duration remaining = remaining(); // of a clock that may go on while the timer's stands still
            Runnable dropped = endedAtItsDeadline();
            alarm = later(
                    remaining.compareTo(LONGEST_WATCH) < 0 ? remaining : LONGEST_WATCH, HeldLease::check, dropped);
        }
    }

    /** What is left to do when nobody has the lease any more; it does not keep the lease reachable itself. */
    private Runnable endedAtItsDeadline() {
        Timer timer = lock.world().timer();
        Ledger ledger = lock.lines().ledger();
        String token = request.token;
        Deadline until = deadline;
        Observed<LockObservationContext> unseen = observed;
        return () -> timer.after(until.remaining(), () -> ledger.ended(token, unseen, false));
    }

    private void check() {
        loseIfOver();
        watch();
    }

    private synchronized void renewAfter(Duration delay) {
        if (end == null) {
            String dropped =
                    "%s is not renewed any more, because it was dropped without being released".formatted(this);
            renewal = later(delay, HeldLease::renew, () -> LOG.warn(dropped));
        }
    }

    private void renew() {
        loseIfOver();
        Thread thread;
        synchronized (this) {
            thread = owner;
        }
        if (thread != null && !thread.isAlive()) {
            LOG.warn("%s is not renewed any more, because its thread has ended without unlocking".formatted(this));
            return;
        }
        move().whenComplete((done, failure) -> {
            if (failure == null) {
                renewAfter(third());
            } else if (!(failure instanceof TooManyExtensionsException)) {
                Duration soon = lock.options().autoReleaseTime().dividedBy(10);
                renewAfter(soon.compareTo(LONGEST_PAUSE) < 0 ? soon : LONGEST_PAUSE);
            }
        });
    }

    private Duration third() {
        return lock.options().autoReleaseTime().dividedBy(3);
    }

    /** Runs {@code step} after {@code delay} if somebody still has the lease; the timer does not keep it reachable. */
    private Timer.Task later(Duration delay, Consumer<HeldLease> step, Runnable dropped) {
        return lock.world().timer().after(delay, unlessDropped(new WeakReference<>(this), step, dropped));
    }

    private static Runnable unlessDropped(
            WeakReference<HeldLease> reference, Consumer<HeldLease> step, Runnable dropped) {
        return () -> {
            HeldLease lease = reference.get();
            if (lease != null) {
                step.accept(lease);
            } else {
                dropped.run();
            }
        };
    }

    private static CompletableFuture<@Nullable Void> failed(PotteryException failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static void cancel(Timer.@Nullable Task task) {
        if (task != null) {
            task.cancel();
        }
    }

    /** Ends the lease; returns how it had ended before, if it had. */
    private @Nullable End end(End how) {
        synchronized (this) {
            if (end != null) {
                return end;
            }
            end = how;
            cancel(alarm);
            cancel(renewal);
        }
        lock.lines().ledger().ended(request.token, observed, how.released());
        return null;
    }

    @Override
    public String toString() {
        return "Lease %d on '%s'".formatted(request.fence, name());
    }
}
