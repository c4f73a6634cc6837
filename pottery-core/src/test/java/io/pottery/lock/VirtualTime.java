package io.pottery.lock;

import java.util.PriorityQueue;

/** Time in microseconds that passes from event to event, in the one thread that runs them. */
final class VirtualTime {

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private long now;
    private long planned;

    long now() {
        return now;
    }

    /** Plans {@code work}; what is planned for the same moment runs in the order of planning. */
    void at(long moment, Runnable work) {
        events.add(new Event(Math.max(moment, now), planned++, work));
    }

    /** Runs what comes next; false if nothing comes before {@code end}. */
    boolean passes(long end) {
        if (events.isEmpty() || events.element().moment >= end) {
            return false;
        }
        Event next = events.remove();
        now = next.moment;
        next.work.run();
        return true;
    }

    private record Event(long moment, long number, Runnable work) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return moment == other.moment ? Long.compare(number, other.number) : Long.compare(moment, other.moment);
        }
    }
}
