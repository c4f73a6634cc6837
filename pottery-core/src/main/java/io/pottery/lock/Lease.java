package io.pottery.lock;

import io.pottery.error.ExtendUnlockedLockException;
import io.pottery.error.LeaseLostException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.ReleaseUnlockedLockException;
import io.pottery.error.TooManyExtensionsException;
import io.pottery.internal.quorum.Await;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A lock that is held until it is released or its time is over. It belongs to whoever has the object, on any thread.
 *
 * <p>{@link #isValid()} never says yes when the time is over, but a thread can be paused between asking and acting.
 * Where that must do no harm, give {@link #fencingToken()} to the resource and let it refuse what is older than what it
 * has seen; {@link FencedValue} does that.
 */
public final class Lease implements AutoCloseable {

    private final HeldLease held;

    Lease(HeldLease held) {
        this.held = held;
    }

    /** Whether the lease is still held by this process's own clock; asks no master. */
    public boolean isValid() {
        return held.isValid();
    }

    /** How long it still lasts unless it is extended; zero when it is over. Asks no master. */
    public Duration remaining() {
        return held.remaining();
    }

    /** A number that no other lease of this lock has, higher than that of every lease that came before; below 2^53. */
    public long fencingToken() {
        return held.fencingToken();
    }

    /**
     * Has the lease last for the whole auto-release time from now. One round trip.
     *
     * @throws TooManyExtensionsException if it was extended as often, or held as long, as the options allow
     * @throws ExtendUnlockedLockException if it is over
     * @throws QuorumNotAchievedException if too few masters answered; it ends when it would have ended
     */
    public void extend() {
        Await.uninterruptibly(held::extend);
    }

    /**
     * Has {@code listener} run when the lease is lost: when its time is over, or a majority of the masters does not
     * know it any more. At once, on the factory's executor, if it has been lost; never if it was released or dropped:
     * keep the lease for as long as the work goes on.
     */
    public void onLost(Runnable listener) {
        onLost(listener, held.executor());
    }

    /**
     * As {@link #onLost(Runnable)}, on {@code executor}. With {@code Runnable::run} it runs without delay on whatever
     * thread finds out, which may be one that reads from Redis: only for what takes no time.
     */
    public void onLost(Runnable listener, Executor executor) {
        held.onLost(listener, executor);
    }

    /**
     * Gives the lock back. One round trip; masters that do not answer are told again until the lease ends by itself.
     *
     * @throws ReleaseUnlockedLockException if it was not held any more
     * @throws QuorumNotAchievedException if too few masters answered to know that it is free
     */
    public void release() {
        Await.uninterruptibly(held::release);
    }

    /**
     * Gives the lock back unless {@link #release()} has. That masters do not answer is logged, not thrown, for the work
     * was done under a valid lease.
     *
     * @throws LeaseLostException if the lease had ended before, so that others may have held the lock meanwhile. In a
     *     try statement, an exception of the body stays first.
     */
    @Override
    public void close() {
        Await.uninterruptibly(held::close);
    }

    /** The same lease for callers who do not wait. */
    public AsyncLease async() {
        return new AsyncLease(held, held.executor());
    }

    @Override
    public String toString() {
        return held.toString();
    }
}
