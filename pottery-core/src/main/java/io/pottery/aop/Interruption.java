package io.pottery.aop;

import io.pottery.lock.Lease;
import java.util.concurrent.locks.ReentrantLock;

/** Interrupts the thread that made it when a lease is lost, until it is closed, which takes the interrupt back. */
final class Interruption implements AutoCloseable {

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
