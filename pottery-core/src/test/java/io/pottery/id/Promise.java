package io.pottery.id;

/** What is promised of ids, so far as a simulation can see it broken. */
enum Promise {

    /** No id is given out twice. */
    UNIQUE,

    /** A call that begins when another one has returned gets higher ids; with blocks, within an instance. */
    ORDER,

    /** Whoever wants ids gets them when they can be had. */
    LIVENESS,

    /** Calls fail as they say. */
    FAILURES
}
