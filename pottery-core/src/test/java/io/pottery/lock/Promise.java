package io.pottery.lock;

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
    FAILURES
}
