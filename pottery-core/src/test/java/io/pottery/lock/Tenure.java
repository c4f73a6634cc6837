package io.pottery.lock;

import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.VirtualTime;

/** One lease as its holder saw it. Times are those of {@link VirtualTime}, which no clock in the simulation shows. */
final class Tenure {

    private static final long NEVER = Long.MAX_VALUE;

    private final SimulatedClient client;
    private final HeldLease lease;
    private final long called;
    private final long received;
    private long end;
    private boolean valid;
    private boolean released;
    private long noticed = NEVER;

    /** The tenure of a {@code lease} that {@code client} has received now, and for which it had called before. */
    Tenure(SimulatedClient client, HeldLease lease, long called, long now) {
        this.client = client;
        this.lease = lease;
        this.called = called;
        this.received = now;
        this.end = now;
    }

    SimulatedClient client() {
        return client;
    }

    long received() {
        return received;
    }

    /** Until when the lease was valid. */
    long end() {
        return end;
    }

    long token() {
        return lease.fencingToken();
    }

    /**
     * Looks at the lease. It may be valid once more if a clock was set back before the holder heard that it was over.
     */
    void look(long now) {
        valid = !released && lease.isValid();
        end = valid ? Math.max(end, now + (long) client.micros(lease.remaining())) : Math.min(end, now);
    }

    /** Whether the lease was valid when somebody looked the last time. */
    boolean isValid() {
        return valid;
    }

    /** Whether the holder knows that the lease is over. */
    boolean isEnded() {
        return released || noticed != NEVER;
    }

    /** The holder gives the lease back, unless it is over. */
    void release(long now) {
        look(now);
        released = valid;
        end = Math.min(end, now);
    }

    void notice(long now) {
        noticed = now;
    }

    /** Whether it was valid from one moment to another. */
    boolean covers(long from, long to) {
        return received <= from && to < end;
    }

    boolean overlaps(Tenure later) {
        return later.received < end && received < later.end;
    }

    boolean precedes(Tenure other) {
        return received < other.called;
    }

    /** Whether the holder did not hear that the lease was lost, or not before {@code latest}. */
    boolean noticedAfter(long latest) {
        return !released && noticed > latest;
    }

    @Override
    public String toString() {
        return "lease %d of client %d, called for at %d, received at %d, %s at %d, notice at %s"
                .formatted(
                        token(),
                        client.number(),
                        called,
                        received,
                        released ? "released" : "over",
                        end,
                        noticed == NEVER ? "no time" : noticed);
    }
}
