package io.pottery.lock;

import io.pottery.error.LeaseLostException;
import io.pottery.internal.quorum.Await;
import io.pottery.lock.ThreadHolds.Hold;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A {@link Redlock} as a lock of java.util.concurrent. */
final class LockView implements Lock {

    private final RedlockProtocol protocol;
    private final ThreadHolds holds;

    LockView(RedlockProtocol protocol, ThreadHolds holds) {
        this.protocol = protocol;
        this.holds = holds;
    }

    @Override
    public void lock() {
        if (!lockedAgain()) {
            hold(Await.uninterruptibly(this::await));
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (!lockedAgain()) {
            hold(Await.interruptibly(this::await));
        }
    }

    @Override
    public boolean tryLock() {
        return lockedAgain()
                || hold(Await.uninterruptibly(() -> protocol.lines().tryOnce(protocol)));
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        Duration timeout = Duration.ofNanos(Math.max(0, unit.toNanos(time)));
        return lockedAgain() || hold(Await.interruptibly(() -> protocol.lines().tryFor(protocol, timeout)));
    }

    @Override
    public void unlock() {
        Hold hold = holds.get(protocol.name());
        if (hold == null) {
            throw new IllegalMonitorStateException("'%s' cannot be unlocked by thread '%s', which has not locked it"
                    .formatted(protocol.name(), Thread.currentThread().getName()));
        }
        if (--hold.count > 0) {
            return;
        }
        holds.remove(protocol.name());
        try {
            Await.uninterruptibly(hold.lease::close);
        } catch (LeaseLostException e) {
            throw (IllegalMonitorStateException) new IllegalMonitorStateException(e.getMessage()).initCause(e);
        }
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("A lock over Redis has no conditions");
    }

    private CompletableFuture<Optional<HeldLease>> await() {
        return protocol.lines().await(protocol, null);
    }

    private boolean lockedAgain() {
        Hold hold = holds.get(protocol.name());
        if (hold == null) {
            return false;
        }
        if (!hold.lease.isValid()) {
            throw new LeaseLostException("%s is over, so thread '%s' cannot lock it again: unlock it first"
                    .formatted(hold.lease, Thread.currentThread().getName()));
        }
        hold.count++;
        return true;
    }

    private boolean hold(Optional<HeldLease> lease) {
        lease.ifPresent(held -> {
            held.ownedBy(Thread.currentThread());
            holds.put(protocol.name(), new Hold(held));
        });
        return lease.isPresent();
    }

    @Override
    public String toString() {
        return "Lock '%s'".formatted(protocol.name());
    }
}
