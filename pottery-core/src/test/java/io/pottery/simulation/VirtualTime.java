package io.pottery.simulation;

import java.util.Arrays;

/** Time in microseconds that passes from event to event, in the one thread that runs them. */
public final class VirtualTime {

    /** An event's place is its moment, and behind that, in so many bits, its number. */
    private static final int NUMBER_BITS = 24;

    private long[] places = new long[256];
    private Runnable[] events = new Runnable[256];
    private int size;
    private long now;
    private long planned;

    /** The present moment. */
    public long now() {
        return now;
    }

    /** Plans {@code work}; what is planned for the same moment runs in the order of planning. */
    public void at(long moment, Runnable work) {
        if (planned >> NUMBER_BITS > 0) {
            throw new IllegalStateException("Too many events");
        }
        if (size == events.length) {
            places = Arrays.copyOf(places, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        long place = Math.max(moment, now) << NUMBER_BITS | planned++;
        int free = size++;
        while (free > 0) {
            int parent = (free - 1) / 2;
            if (places[parent] < place) {
                break;
            }
            move(parent, free);
            free = parent;
        }
        put(free, place, work);
    }

    /** Runs what comes next; false if nothing comes before {@code end}. */
    boolean passes(long end) {
        if (size == 0 || places[0] >> NUMBER_BITS >= end) {
            return false;
        }
        now = places[0] >> NUMBER_BITS;
        Runnable next = events[0];
        removeFirst();
        next.run();
        return true;
    }

    /** Fills the first place of the heap with the last event, and lets that sink. */
    private void removeFirst() {
        long place = places[--size];
        Runnable last = events[size];
        events[size] = null;
        int free = 0;
        for (int child = 1; child < size; child = 2 * free + 1) {
            if (child + 1 < size && places[child + 1] < places[child]) {
                child++;
            }
            if (place < places[child]) {
                break;
            }
            move(child, free);
            free = child;
        }
        if (size > 0) {
            put(free, place, last);
        }
    }

    private void move(int from, int to) {
        put(to, places[from], events[from]);
    }

    private void put(int index, long place, Runnable event) {
        places[index] = place;
        events[index] = event;
    }
}
