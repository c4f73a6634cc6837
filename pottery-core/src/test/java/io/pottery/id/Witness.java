package io.pottery.id;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sees all ids of one sequence that are given out, and says which promises were broken. */
final class Witness {

    private final List<Gain> gains = new ArrayList<>();
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);
    private long happened;

    /** The number of what happens now. */
    long now() {
        return ++happened;
    }

    void received(Taker taker, long called, IdRange ids) {
        gains.add(new Gain(taker, called, now(), ids));
    }

    void breaks(Promise promise, Object how) {
        broken.putIfAbsent(promise, how.toString());
    }

    int gains() {
        return gains.size();
    }

    /** The promises that were broken, and how. */
    Map<Promise, String> verdict() {
        requireUnique();
        Map<AsyncNextId, List<Gain>> byInstance = gains.stream()
                .filter(gain -> gain.taker().hasBlocks())
                .collect(Collectors.groupingBy(gain -> gain.taker().ids()));
        byInstance.values().forEach(own -> requireOrder(own, own));
        requireOrder(
                gains, gains.stream().filter(gain -> !gain.taker().hasBlocks()).toList());
        return broken;
    }

    private void requireUnique() {
        Gain highest = null;
        for (Gain gain :
                sorted(gains, Comparator.comparingLong(each -> each.ids().first()))) {
            if (highest != null && gain.ids().first() <= highest.ids().last()) {
                breaks(Promise.UNIQUE, highest + " and " + gain);
            }
            highest = higher(highest, gain);
        }
    }

    /** Whether each of {@code later} is higher than all {@code gains} that had returned when it was called for. */
    private void requireOrder(List<Gain> gains, List<Gain> later) {
        List<Gain> returned = sorted(gains, Comparator.comparingLong(Gain::returned));
        Gain highest = null;
        int i = 0;
        for (Gain gain : sorted(later, Comparator.comparingLong(Gain::called))) {
            for (; i < returned.size() && returned.get(i).returned() < gain.called(); i++) {
                highest = higher(highest, returned.get(i));
            }
            if (highest != null && gain.ids().first() <= highest.ids().last()) {
                breaks(Promise.ORDER, highest + " and " + gain);
            }
        }
    }

    private static Gain higher(Gain one, Gain other) {
        return one != null && one.ids().last() > other.ids().last() ? one : other;
    }

    private static List<Gain> sorted(List<Gain> gains, Comparator<Gain> order) {
        return gains.stream().sorted(order).toList();
    }
}
