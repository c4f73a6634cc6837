package io.pottery.aop;

import io.pottery.aop.CurrentLease.Held;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.lock.Lease;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.time.ContextTimer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A call whose thread waits for the lock, and holds it until the method has returned. */
record BlockingCall(SynchronizedCall call) {

    @Nullable
    Object run() throws Throwable {
        Held same = call.find(CurrentLease.ofThread());
        if (same != null) {
            return join(same.alone());
        }
        ContextTimer waiting = ContextTimer.started();
        Optional<Lease> lease = acquire();
        if (lease.isPresent()) {
            return hold(lease.get(), waiting);
        }
        call.logWaited(waiting);
        if (!call.method().skips()) {
            throw call.notAchieved();
        }
        call.logSkipped();
        Object nothing = call.method().outcome().nothing();
        return isStage() ? CompletableFuture.completedFuture(nothing) : nothing;
    }

    private Optional<Lease> acquire() throws InterruptedException {
        try {
            return call.method().acquire(call.lock());
        } catch (InterruptedException e) {
            throw interrupted(
                    e,
                    "did not run: interrupted while it waited for '%s'"
                            .formatted(call.lock().key()));
        }
    }

    private PotteryException interrupted(InterruptedException e, String what) throws InterruptedException {
        return Interruption.told(e, call.invocation(), call.method().name(), what);
    }

    private @Nullable Object hold(Lease lease, ContextTimer waiting) throws Throwable {
        ContextTimer holding = ContextTimer.started();
        Held held = call.held(lease);
        try (Ending giveBack = () -> close(lease, holding)) {
            call.logWaited(waiting);
            call.requireValid(held);
            if (call.method().onLost() != OnLost.INTERRUPT) {
                return proceed(held);
            }
            try (Interruption interruption = Interruption.when(lease)) {
                return proceed(held);
            }
        }
    }

    private void close(Lease lease, ContextTimer holding) {
        try {
            lease.close();
        } catch (LeaseLostException e) {
            call.lost(e);
        } finally {
            call.logHeld(holding);
        }
    }

    /** Runs the method under a lease that a caller further out has taken and gives back. */
    private @Nullable Object join(Held held) throws Throwable {
        call.requireValid(held);
        try (Ending check = () -> call.checkEnd(held)) {
            return proceed(held);
        }
    }

    private @Nullable Object proceed(Held held) throws Throwable {
        Object result = call.proceed(held);
        if (isStage() && result instanceof CompletionStage<?> stage) {
            awaitEnd(stage, held);
        } else if (Outcome.goesOn(result)) {
            if (result instanceof Future<?> future) {
                future.cancel(true);
            }
            throw new PotteryException(
                    "%s has returned a %s, which goes on without the lock: declare it as the type that is returned"
                            .formatted(
                                    call.method().name(),
                                    result == null ? null : result.getClass().getName()));
        }
        return result;
    }

    /**
     * Waits until {@code stage} has ended, as the thread of an asynchronous method would anyway; throws its failure.
     */
    private void awaitEnd(CompletionStage<?> stage, Held held) throws Throwable {
        StageEnd end;
        try {
            end = StageEnd.of(stage);
        } catch (InterruptedException e) {
            if (!held.lease().isValid()) {
                return; // which interrupts, too, and is told at the end
            }
            throw interrupted(e, Interruption.WHILE_AWAITED);
        }
        end.get();
    }

    private boolean isStage() {
        return call.method().outcome().kind() == Outcome.Kind.AWAITED_STAGE;
    }

    /** What to do at the end, so that an exception of the work stays first. */
    @FunctionalInterface
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }
}
