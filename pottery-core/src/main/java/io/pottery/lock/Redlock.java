package io.pottery.lock;

import io.pottery.error.MasterConfigurationException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.quorum.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * A lock with a name, which a majority of the Redis masters grants for a while to one holder in the whole system.
 *
 * <pre>{@code
 * try (Lease lease = pottery.redlock("printer").acquire()) {
 *     print(pages);
 * }
 * }</pre>
 *
 * <p>It has no state: any number of threads may share it. What one holds is the {@link Lease}, which is bound to no
 * thread. Taking an uncontended lock and releasing it are one round trip each, to all masters at once. One of a process
 * that waits asks the masters, the others stand in line behind it: first come, first served within a process, as chance
 * will have it between processes. Waiting costs no thread but the caller's, and no polling while the holder, if it uses
 * this library too, can tell of its release.
 *
 * <p>The lock at {@code redlock:} and the name is that of Python Pottery: processes of both exclude each other.
 *
 * <p>Every call that asks the masters throws {@link QuorumIsImpossibleException} if so many of them fail that the
 * others are no majority, {@link WrongTypeException} if the key holds something else,
 * {@link MasterConfigurationException} if two masters are the same server, and {@code IllegalStateException} on a
 * thread that must not wait.
 *
 * @see <a href="https://redis.io/docs/latest/develop/use/patterns/distributed-locks/">Distributed Locks with Redis</a>
 */
public final class Redlock {

    private final RedlockProtocol protocol;
    private final ThreadHolds holds;

    Redlock(RedlockProtocol protocol, ThreadHolds holds) {
        this.protocol = protocol;
        this.holds = holds;
    }

    /**
     * Waits until the lock is taken, for ever if need be.
     *
     * @throws InterruptedException if the thread is interrupted before the lock is taken; then nothing is held
     */
    public Lease acquire() throws InterruptedException {
        return new Lease(Await.interruptibly(() -> protocol.lines().await(protocol, null))
                .orElseThrow());
    }

    /** Tries once, now, past those who wait; empty if another one holds the lock. */
    public Optional<Lease> tryAcquire() throws InterruptedException {
        return Await.interruptibly(() -> protocol.lines().tryOnce(protocol)).map(Lease::new);
    }

    /**
     * Waits until the lock is taken, for {@code timeout} at most and the time that one master is waited for; zero tries
     * once, really.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Optional<Lease> tryAcquire(Duration timeout) throws InterruptedException {
        return Await.interruptibly(() -> protocol.lines().tryFor(protocol, timeout))
                .map(Lease::new);
    }

    /** Whether anybody holds the lock, in any process; one round trip. It may have changed when the answer is here. */
    public boolean isLocked() {
        return Await.uninterruptibly(protocol::isLocked);
    }

    /** The name of the key on each master. */
    public String key() {
        return protocol.name();
    }

    /** The same lock for callers who do not wait. */
    public AsyncRedlock async() {
        return new AsyncRedlock(protocol, protocol.world().executor());
    }

    /** The same lock for reactive callers. */
    public ReactiveRedlock reactive() {
        return new ReactiveRedlock(async());
    }

    /**
     * The same lock as a {@link Lock} of java.util.concurrent: owned by a thread, which may lock it again, and unlocked
     * by that thread alone, through any such view of the lock that this factory gives. Locking again costs no round
     * trip. A thread that has lost its lease gets an {@code IllegalMonitorStateException} from {@code unlock}, and a
     * {@link io.pottery.error.LeaseLostException} when it locks again. There are no conditions.
     *
     * <p>A thread keeps the lock for the options' auto-release time, unless they say that it is renewed.
     */
    public Lock asLock() {
        return new LockView(protocol, holds);
    }

    @Override
    public String toString() {
        return "Redlock '%s'".formatted(key());
    }
}
