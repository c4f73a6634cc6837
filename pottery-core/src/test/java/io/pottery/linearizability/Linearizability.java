package io.pottery.linearizability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out whether a history is linearizable: whether there is an order of its operations in which each has the result
 * that it had, and none comes before another that had returned when it was invoked (Herlihy and Wing, 1990).
 *
 * <p>The search is that of Wing and Gong ("Testing and verifying concurrent objects", 1993), which tries each of the
 * operations that may come next, with what Lowe has added ("Testing for linearizability", 2017): it remembers which
 * sets of operations it has tried already with which state. An operation whose outcome is unknown may come at any time
 * after it was invoked, or be left out. A history of several parts is linearizable if that of each part is (Herlihy and
 * Wing's locality), so each is searched alone.
 */
public final class Linearizability<M> {

    private static final int MAX_CONFIGURATIONS = 2_000_000;

    private final Model<M> model;
    private final List<Operation<M>> operations;
    private final Set<Configuration<M>> tried = new HashSet<>();

    /** That some operations are done, which have led to a state. */
    private record Configuration<M>(BitSet done, M state) {}

    private Linearizability(Model<M> model, List<Operation<M>> operations) {
        this.model = model;
        this.operations = operations;
    }

    /** The operations of the first part that cannot be explained; empty if {@code history} is linearizable. */
    public static <M> Optional<String> violation(Model<M> model, List<Operation<M>> history) {
        Map<Object, List<Operation<M>>> parts = history.stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .collect(Collectors.groupingBy(each -> each.call().part(), LinkedHashMap::new, Collectors.toList()));
        return parts.entrySet().stream()
                .filter(part -> !new Linearizability<>(model, part.getValue()).isThere())
                .map(part -> part.getValue().stream()
                        .map(Operation::toString)
                        .collect(Collectors.joining(
                                "\n", "No order explains what happened to %s:\n".formatted(part.getKey()), "")))
                .findFirst();
    }

    private boolean isThere() {
        return isThere(new BitSet(), model.initial().get());
    }

    private boolean isThere(BitSet done, M state) {
        long firstReturn = Operation.NEVER;
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            firstReturn = Math.min(firstReturn, operations.get(i).returned());
        }
        if (firstReturn == Operation.NEVER) {
            return true; // what is left may be left out
        }
        for (int next : candidates(done, firstReturn)) {
            M after = model.copy().apply(state);
            if (operations.get(next).isPossibleOn(after) && model.isPossible().test(after)) {
                BitSet then = (BitSet) done.clone();
                then.set(next);
                if (isNew(then, after) && isThere(then, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Those that are not done and were invoked before any of those had returned. */
    private List<Integer> candidates(BitSet done, long firstReturn) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = done.nextClearBit(0);
                i < operations.size() && operations.get(i).invoked() < firstReturn;
                i = done.nextClearBit(i + 1)) {
            candidates.add(i);
        }
        return candidates;
    }

    private boolean isNew(BitSet done, M state) {
        if (tried.size() == MAX_CONFIGURATIONS) {
            throw new IllegalStateException("The history is too large to be decided: " + operations);
        }
        return tried.add(new Configuration<>(done, state));
    }
}
