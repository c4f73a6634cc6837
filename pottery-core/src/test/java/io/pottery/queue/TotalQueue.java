package io.pottery.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What those who put and took the elements of one queue have seen, and whether a queue that is empty by now may be the
 * reason: Jepsen's total queue, with calls whose outcome is unknown and deliveries that are to be confirmed. An element
 * is a number that is put once, or again if its put has said that nothing was done.
 *
 * <p>Each who has seen something tells it in lines: {@code put 17 done} (or {@code not_done}, or {@code unknown});
 * {@code took 17 1000} when it was taken at once; {@code got 17 1 1000} when it was delivered for the first time at
 * that moment in ns, and {@code ack 17 1 done 2000} (or else, as above) when that was confirmed. Safe for use by many
 * threads.
 */
final class TotalQueue {

    private static final String DONE = "done";
    private static final String NOT_DONE = "not_done";
    private static final String UNKNOWN = "unknown";
    private static final Set<String> OUTCOMES = Set.of(DONE, NOT_DONE, UNKNOWN);

    private final Duration silence;
    private final Map<Integer, String> puts = new TreeMap<>();
    private final Map<Integer, List<Delivered>> deliveries = new TreeMap<>();
    private final Set<String> dead = new HashSet<>();

    /**
     * Has seen nothing yet.
     *
     * @param silence for how long somebody must have held an element, so that the queue may have taken him for dead
     */
    TotalQueue(Duration silence) {
        this.silence = silence;
    }

    /** Notes what {@code who} has seen. */
    synchronized void note(String who, String line) {
        String[] words = line.split(" ");
        int element = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "put" -> put(element, outcome(words[2]));
            case "took" -> {
                long at = Long.parseLong(words[2]);
                deliver(element, new Delivered(who, 1, at)).confirmed(DONE, at);
            }
            case "got" -> deliver(element, new Delivered(who, Integer.parseInt(words[2]), Long.parseLong(words[3])));
            case "ack" ->
                delivery(element, who, Integer.parseInt(words[2]))
                        .confirmed(outcome(words[3]), Long.parseLong(words[4]));
            default -> throw new IllegalArgumentException(line);
        }
    }

    /** Notes that {@code who} was killed: what it had not confirmed by then may be delivered again. */
    synchronized void died(String who) {
        dead.add(who);
    }

    /** How many puts have returned, or have failed without saying what became of them. */
    synchronized int settledPuts() {
        return donePuts() + unknownPuts();
    }

    synchronized int donePuts() {
        return count(DONE);
    }

    synchronized int unknownPuts() {
        return count(UNKNOWN);
    }

    /** How many elements have been delivered. */
    synchronized int delivered() {
        return deliveries.size();
    }

    /** How many elements have been delivered more than once. */
    synchronized int redelivered() {
        return (int) deliveries.values().stream().filter(all -> all.size() > 1).count();
    }

    /** Whether {@code who} has been delivered something. */
    synchronized boolean hasDeliveredTo(String who) {
        return deliveries.values().stream().flatMap(List::stream).anyMatch(each -> each.who.equals(who));
    }

    /** How many elements were put and have not been delivered. */
    synchronized long missing() {
        return puts.entrySet().stream()
                .filter(put -> put.getValue().equals(DONE) && !deliveries.containsKey(put.getKey()))
                .count();
    }

    /** What cannot be if the queue keeps its promises, in a sentence each. */
    synchronized List<String> violations() {
        List<String> violations = new ArrayList<>();
        puts.forEach((element, outcome) -> {
            if (outcome.equals(DONE) && !deliveries.containsKey(element)) {
                violations.add("%d was put, and never delivered".formatted(element));
            }
        });
        deliveries.forEach((element, all) -> {
            String put = puts.get(element);
            if (put == null) {
                violations.add("%d was never put, and delivered: %s".formatted(element, all));
            } else if (put.equals(NOT_DONE)) {
                violations.add("%d was not put, as was said, and delivered: %s".formatted(element, all));
            }
            violationOf(all).ifPresent(violation -> violations.add("%d %s: %s".formatted(element, violation, all)));
        });
        return violations;
    }

    private Optional<String> violationOf(List<Delivered> all) {
        List<Delivered> inOrder = new ArrayList<>(all);
        inOrder.sort(Comparator.comparingInt(each -> each.count));
        for (int i = 0; i < inOrder.size(); i++) {
            Delivered each = inOrder.get(i);
            boolean last = i == inOrder.size() - 1;
            if (!last && each.count == inOrder.get(i + 1).count) {
                return Optional.of("was delivered twice with the count of " + each.count);
            }
            if (!last && each.isHeldFirmly()) {
                return Optional.of("was delivered again, although %s had it".formatted(each.who));
            }
            if (last && each.isRefused()) {
                return Optional.of("was refused to %s, and nobody else had it".formatted(each.who));
            }
            if (each.outcome == null && !dead.contains(each.who)) {
                return Optional.of("was left unsettled by " + each.who);
            }
        }
        return Optional.empty();
    }

    private void put(int element, String outcome) {
        String before = puts.put(element, outcome);
        if (before != null && !before.equals(NOT_DONE)) {
            throw new IllegalArgumentException("%d was put already".formatted(element));
        }
    }

    private Delivered deliver(int element, Delivered delivered) {
        deliveries.computeIfAbsent(element, none -> new ArrayList<>()).add(delivered);
        return delivered;
    }

    private Delivered delivery(int element, String who, int count) {
        return deliveries.getOrDefault(element, List.of()).stream()
                .filter(each -> each.who.equals(who) && each.count == count && each.outcome == null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s has no %d".formatted(who, element)));
    }

    private int count(String outcome) {
        return (int) puts.values().stream().filter(outcome::equals).count();
    }

    private static String outcome(String word) {
        if (!OUTCOMES.contains(word)) {
            throw new IllegalArgumentException(word);
        }
        return word;
    }

    /** That somebody was handed an element, and what became of it. */
    private final class Delivered {

        private final String who;
        private final int count;
        private final long at;
        private @Nullable String outcome;
        private long confirmedAt;

        Delivered(String who, int count, long at) {
            this.who = who;
            this.count = count;
            this.at = at;
        }

        void confirmed(String outcome, long at) {
            this.outcome = outcome;
            this.confirmedAt = at;
        }

        /** Whether nobody else may be delivered the element afterwards, or meanwhile. */
        boolean isHeldFirmly() {
            return outcome == null ? !dead.contains(who) : !outcome.equals(UNKNOWN) && !isSilent();
        }

        boolean isRefused() {
            return NOT_DONE.equals(outcome);
        }

        private boolean isSilent() {
            return confirmedAt - at >= silence.toNanos();
        }

        @Override
        public String toString() {
            return "%s (delivery %d at %d, %s)"
                    .formatted(
                            who,
                            count,
                            at,
                            outcome == null
                                    ? "which was not settled"
                                    : "ack %s after %s".formatted(outcome, Duration.ofNanos(confirmedAt - at)));
        }
    }
}
