package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease.Held;
import io.pottery.error.LeaseLostException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** A call of a synchronized method, and the lock that it takes: what blocking and reactive callers have in common. */
record SynchronizedCall(
        SynchronizedMethod method, PotteryFactory pottery, Redlock lock, ProxyMethodInvocation invocation) {

    private static final Log LOG = LogFactory.getLog(SynchronizedCall.class);

    /** Runs {@code method} under its lock. */
    static @Nullable Object run(SynchronizedMethod method, PotteryFactory pottery, ProxyMethodInvocation invocation)
            throws Throwable {
        SynchronizedCall call =
                new SynchronizedCall(method, pottery, method.lock(pottery, invocation.getArguments()), invocation);
        return switch (method.outcome().kind()) {
            case RETURN, AWAITED_STAGE -> new BlockingCall(call).run();
            case STAGE -> new ReactiveCall(call).stage();
            case PUBLISHER -> new ReactiveCall(call).publisher();
        };
    }

    /** What is held under this lock among {@code held}; null if nothing. */
    @Nullable
    Held find(@Nullable Held held) {
        return Held.find(held, pottery, lock);
    }

    Held held(Lease lease) {
        return new Held(pottery, lock.key(), lease, null);
    }

    @Nullable
    Object proceed(Held held) throws Throwable {
        return held.during(() -> AnnotationInterceptor.proceed(invocation));
    }

    QuorumNotAchievedException notAchieved() {
        Duration timeout = method.timeout();
        return new QuorumNotAchievedException(
                "%s did not run, because another one holds '%s'%s: call it again later, or let it wait longer"
                        .formatted(
                                method.name(),
                                lock.key(),
                                timeout == null || timeout.isZero()
                                        ? ""
                                        : ", and did so for the %d ms that it waited".formatted(timeout.toMillis())),
                Map.of());
    }

    /** Does what is to be done if the lease was lost while the method ran. */
    void lost(LeaseLostException lost) {
        if (method.onLost() != OnLost.LOG) {
            throw lost;
        }
        LOG.warn("%s: %s".formatted(method.name(), lost.getMessage()));
    }

    /** Refuses to begin under a lease that was taken further out and is over. */
    void requireValid(Held held) {
        if (!held.lease().isValid()) {
            throw tooLate(held, "does not begin");
        }
    }

    /** Does what is to be done if a lease that was taken further out was lost while the method ran. */
    void checkEnd(Held held) {
        if (!held.lease().isValid()) {
            lost(tooLate(held, "has ended too late"));
        }
    }

    private LeaseLostException tooLate(Held held, String what) {
        return new LeaseLostException(
                "%s is over, so %s %s, because others may hold the lock: raise autoReleaseTime, or set renew = true"
                        .formatted(held.lease(), method.name(), what));
    }

    void logSkipped() {
        if (LOG.isDebugEnabled()) {
            LOG.debug("%s is skipped, because another one holds '%s'".formatted(method.name(), lock.key()));
        }
    }

    void logWaited(ContextTimer timer) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("%s waited %d ms for '%s'"
                    .formatted(method.name(), timer.elapsed().toMillis(), lock.key()));
        }
    }

    void logHeld(ContextTimer timer) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("%s held '%s' for %d ms"
                    .formatted(method.name(), lock.key(), timer.elapsed().toMillis()));
        }
    }
}
