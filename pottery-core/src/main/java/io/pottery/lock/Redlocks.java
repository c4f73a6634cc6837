package io.pottery.lock;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;

/** All locks over one set of masters: what they have in common in this process. */
public final class Redlocks {

    private final Surroundings world;
    private final WaitingLines lines;
    private final ThreadHolds holds = new ThreadHolds();

    /**
     * Locks on {@code masters}, whose futures and listeners run on {@code executor}, observed by {@code observations}.
     */
    public Redlocks(Quorum masters, Timer timer, Executor executor, ObservationRegistry observations) {
        this.world = new Surroundings(masters, ElapsedClock.system(), timer, new SecureRandom(), executor);
        this.lines = new WaitingLines(world, new Ledger(observations));
    }

    /** The leases that this process holds. */
    public List<LeaseInfo> leases() {
        return lines.ledger().leases();
    }

    /** The lock called {@code name}. */
    public Redlock named(String name, RedlockOptions options) {
        return new Redlock(new RedlockProtocol(LockKeys.of(name), options, world, lines), holds);
    }
}
