package io.pottery.lock;

import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.VirtualTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sees all leases of one lock, and says which promises were broken. */
final class Witness {

    /** What is lost when durations become microseconds. */
    private static final long ROUNDING = 3;

    private final VirtualTime time;
    private final long noticeDelay;
    private final List<Tenure> tenures = new ArrayList<>();
    private final List<Tenure> open = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);

    /** That somebody found the lock free between two moments. */
    private record Look(long from, long to) {}

    /** A witness that lets notices come {@code noticeDelay} too late. */
    Witness(VirtualTime time, long noticeDelay) {
        this.time = time;
        this.noticeDelay = noticeDelay;
    }

    Tenure received(SimulatedClient client, HeldLease lease, long called) {
        Tenure tenure = new Tenure(client, lease, called, time.now());
        tenures.add(tenure);
        tenure.look(time.now());
        open.add(tenure);
        return tenure;
    }

    /** Looks at the leases of {@code client}, to which something has happened. */
    void look(SimulatedClient client) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Tenure tenure = open.get(i);
            if (tenure.client() == client) {
                tenure.look(time.now());
                if (tenure.isEnded()) {
                    open.remove(i);
                }
            }
        }
    }

    void foundFree(long from) {
        looks.add(new Look(from, time.now()));
    }

    /** The holder of {@code tenure} hears that it has lost it. */
    void noticed(Tenure tenure) {
        tenure.notice(time.now());
        SimulatedClient client = tenure.client();
        if (tenure.noticedAfter(Math.max(tenure.end(), client.awakeFrom()) + ROUNDING + noticeDelay)) {
            breaks(Promise.NOTICE, tenure);
        }
    }

    void breaks(Promise promise, Object how) {
        broken.putIfAbsent(promise, how.toString());
    }

    /** Whether leases are valid now. */
    boolean hasValid() {
        for (Tenure tenure : open) {
            if (tenure.isValid()) {
                return true;
            }
        }
        return false;
    }

    String lastTenure() {
        return tenures.isEmpty() ? "nobody" : tenures.get(tenures.size() - 1).toString();
    }

    int leases() {
        return tenures.size();
    }

    /** The promises that were broken, and how. */
    Map<Promise, String> verdict() {
        tenures.sort(Comparator.comparingLong(Tenure::received));
        for (int i = 0; i < tenures.size(); i++) {
            for (int j = i + 1; j < tenures.size(); j++) {
                compare(tenures.get(i), tenures.get(j));
            }
        }
        for (Look look : looks) {
            tenures.stream()
                    .filter(tenure -> tenure.covers(look.from, look.to))
                    .forEach(tenure -> breaks(Promise.LOCKED, look + " although " + tenure));
        }
        for (Tenure tenure : tenures) {
            if (!tenure.isValid() && tenure.noticedAfter(time.now())) {
                breaks(Promise.NOTICE, tenure);
            }
        }
        return broken;
    }

    private void compare(Tenure first, Tenure second) {
        if (first.overlaps(second)) {
            breaks(Promise.EXCLUSION, first + " and " + second);
        }
        if (first.token() == second.token() || first.precedes(second) && second.token() < first.token()) {
            breaks(Promise.FENCING, first + " and " + second);
        }
    }
}
