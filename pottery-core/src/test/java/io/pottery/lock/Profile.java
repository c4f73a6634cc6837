package io.pottery.lock;

import java.util.EnumSet;
import java.util.Set;

/** Which faults the schedules of a profile have, besides delays, lost messages and clocks that differ in speed. */
enum Profile {
    REORDERED(5, Fault.REORDERING, Fault.PAUSES),
    FIVE(5, Fault.PAUSES, Fault.CRASHES),
    THREE(3, Fault.PAUSES, Fault.CRASHES),
    ONE(1, Fault.PAUSES, Fault.CRASHES),
    SUSPENDED(3, Fault.SUSPENSIONS),
    JUMPS(5, Fault.REORDERING, Fault.PAUSES, Fault.CRASHES, Fault.JUMPS);

    private final int masters;
    private final Set<Fault> faults;

    Profile(int masters, Fault... faults) {
        this.masters = masters;
        this.faults = Set.of(faults);
    }

    int masters() {
        return masters;
    }

    /** The profile of the schedule that {@code seed} stands for. */
    static Profile of(long seed) {
        return values()[(int) Math.floorMod(seed, (long) values().length)];
    }

    /** What is promised in spite of the faults. */
    Set<Promise> promises() {
        Set<Promise> promises = EnumSet.allOf(Promise.class);
        if (has(Fault.JUMPS)) {
            promises.removeAll(Set.of(Promise.EXCLUSION, Promise.LOCKED));
        }
        if (has(Fault.REORDERING)) {
            promises.remove(Promise.LIVENESS); // what is given back may be taken by a request that comes later
        }
        return promises;
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
