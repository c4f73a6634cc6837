package io.pottery.aop;

import io.pottery.error.PotteryException;
import io.pottery.lock.Lease;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInvocation;

/** Interrupts the thread that made it when a lease is lost, until it is closed, which takes the interrupt back. */
final class Interruption implements AutoCloseable {

    /** What was interrupted when the thread of an asynchronous method was. */
    static final String WHILE_AWAITED = "was cancelled: interrupted while it waited for what it had returned";

    private final Thread thread = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    private boolean interrupted;

    private Interruption() {}

    static Interruption when(Lease lease) {
        Interruption interruption = new Interruption();
        lease.onLost(interruption::interrupt, Runnable::run);
        return interruption;
    }

    /** Throws {@code e} itself if the method declares it; returns what to throw if it does not. */
    static PotteryException told(InterruptedException e, MethodInvocation invocation, String method, String what)
            throws InterruptedException {
        if (Stream.of(invocation.getMethod().getExceptionTypes())
                .anyMatch(declared -> declared.isAssignableFrom(InterruptedException.class))) {
            throw e;
        }
        Thread.currentThread().interrupt();
        return new PotteryException("%s %s".formatted(method, what), e);
    }

    private void interrupt() {
        lock.lock();
        try {
            if (!closed) {
                interrupted = true;
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (interrupted) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
