package io.pottery.lock;

import io.pottery.simulation.Fault;
import io.pottery.simulation.Profile;
import java.util.EnumSet;
import java.util.Set;

/** What is promised of locks, so far as a simulation can see it broken. */
enum Promise {

    /** No two leases of a lock are valid at the same time. */
    EXCLUSION,

    /** No two leases have the same token, and whoever comes later has a higher one. */
    FENCING,

    /** Whoever asked for it hears that a lease is lost, at its deadline and not later. */
    NOTICE,

    /** A lock that somebody holds is locked. */
    LOCKED,

    /** Whoever waits gets the lock when it can be had. */
    LIVENESS,

    /** Calls fail as they say. */
    FAILURES;

    /** What is promised in spite of the faults of {@code profile}. */
    static Set<Promise> in(Profile profile) {
        Set<Promise> promises = EnumSet.allOf(Promise.class);
        if (profile.has(Fault.JUMPS)) {
            promises.removeAll(Set.of(Promise.EXCLUSION, Promise.LOCKED));
        }
        if (profile.has(Fault.REORDERING)) {
            promises.remove(Promise.LIVENESS); // what is given back may be taken by a request that comes later
        }
        return promises;
    }
}
