package io.pottery.benchmarks.report;

import io.pottery.benchmarks.Library;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that was measured: of each library, for each line, one figure a round, and what an operation takes. */
public final class Figures {

    private final SortedMap<Line, Map<Library, List<Double>>> rounds = new TreeMap<>();
    private final Set<String> areas = new LinkedHashSet<>();
    private final Map<Line, Map<Library, Map<Cost, List<Double>>>> costs = new TreeMap<>();

    /** Adds the figure of the next round. */
    public void add(Line line, Library library, double figure) {
        areas.add(line.area());
        rounds.computeIfAbsent(line, each -> new EnumMap<>(Library.class))
                .computeIfAbsent(library, each -> new ArrayList<>())
                .add(figure);
    }

    /** Adds what an operation has taken in the next round. */
    public void add(Line line, Library library, Cost cost, double figure) {
        costs.computeIfAbsent(line, each -> new EnumMap<>(Library.class))
                .computeIfAbsent(library, each -> new EnumMap<>(Cost.class))
                .computeIfAbsent(cost, each -> new ArrayList<>())
                .add(figure);
    }

    /** The line of {@code area} that is called {@code title}; empty if it has no figures. */
    public Optional<Line> line(String area, String title) {
        return rounds.keySet().stream()
                .filter(line -> line.area().equals(area) && line.title().equals(title))
                .findFirst();
    }

    /** In the order in which they were measured first. */
    Set<String> areas() {
        return areas;
    }

    List<Line> lines(String area) {
        return rounds.keySet().stream().filter(line -> line.area().equals(area)).toList();
    }

    /** Whom there are figures of in any of {@code lines}. */
    List<Library> libraries(List<Line> lines) {
        Set<Library> found = new TreeSet<>();
        lines.forEach(line -> found.addAll(rounds.getOrDefault(line, Map.of()).keySet()));
        return List.copyOf(found);
    }

    /** The median of the rounds. */
    Optional<Double> median(Line line, Library library) {
        return median(rounds.getOrDefault(line, Map.of()).getOrDefault(library, List.of()));
    }

    /** The median of what an operation has taken. */
    Optional<Double> median(Line line, Library library, Cost cost) {
        return median(costs.getOrDefault(line, Map.of())
                .getOrDefault(library, Map.of())
                .getOrDefault(cost, List.of()));
    }

    private static Optional<Double> median(List<Double> figures) {
        return figures.isEmpty()
                ? Optional.empty()
                : Optional.of(figures.stream().sorted().toList().get(figures.size() / 2));
    }

    /** How many times as good Pottery is as {@code peer}; empty if one of them has no figures. */
    Optional<Ratio> ratio(Line line, Library peer) {
        Map<Library, List<Double>> all = rounds.getOrDefault(line, Map.of());
        List<Double> own = all.getOrDefault(Library.POTTERY, List.of());
        List<Double> others = all.getOrDefault(peer, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
            ratios.add(line.unit().ratio(own.get(round), others.get(round)));
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
    }

    /**
     * What Pottery is to a peer: more than 1 if it is better.
     *
     * @param median the median of the rounds
     * @param lowest the lowest of them
     * @param highest the highest of them
     */
    record Ratio(double median, double lowest, double highest) {

        static Ratio of(List<Double> rounds) {
            List<Double> sorted = rounds.stream().sorted().toList();
            return new Ratio(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
        }

        @Override
        public String toString() {
            return "%s (%s to %s)".formatted(text(median), text(lowest), text(highest));
        }

        static String text(double ratio) {
            return (ratio < 10 ? "%.2f" : "%,.0f").formatted(ratio);
        }
    }
}
