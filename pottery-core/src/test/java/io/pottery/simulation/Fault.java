package io.pottery.simulation;

/** What may go wrong in a schedule. */
public enum Fault {

    /**
     * What a client sends to one master, and what comes back, overtakes each other; production promises it does not.
     */
    REORDERING,

    /** Clients stand still for up to 2.5 s while their clocks run on, as in a garbage collection. */
    PAUSES,

    /** Clients stand still for up to 2.5 s, and with them their monotonic clocks and timers. */
    SUSPENSIONS,

    /** Masters are gone for up to 0.8 s, and keep their data. */
    CRASHES,

    /** Wall clocks of masters and clients jump, by -1 to 3 s. Leases may overlap then; their tokens are in order. */
    JUMPS
}
