package io.pottery.simulation;

import java.util.Set;

/** Which faults the schedules of a profile have, besides delays, lost messages and clocks that differ in speed. */
public enum Profile {
    /** What is sent to a master arrives in any order. */
    REORDERED(5, Fault.REORDERING, Fault.PAUSES),

    /** Five masters that crash, asked by clients that stand still. */
    FIVE(5, Fault.PAUSES, Fault.CRASHES),

    /** Three of them. */
    THREE(3, Fault.PAUSES, Fault.CRASHES),

    /** A single one. */
    ONE(1, Fault.PAUSES, Fault.CRASHES),

    /** Clients whose clocks stand still, too. */
    SUSPENDED(3, Fault.SUSPENSIONS),

    /** Everything at once, and wall clocks that jump. */
    JUMPS(5, Fault.REORDERING, Fault.PAUSES, Fault.CRASHES, Fault.JUMPS);

    private final int masters;
    private final Set<Fault> faults;

    Profile(int masters, Fault... faults) {
        this.masters = masters;
        this.faults = Set.of(faults);
    }

    /** How many masters there are. */
    int masters() {
        return masters;
    }

    /** The profile of the schedule that {@code seed} stands for. */
    public static Profile of(long seed) {
        return values()[(int) Math.floorMod(seed, (long) values().length)];
    }

    /** Whether it has {@code fault}. */
    public boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
