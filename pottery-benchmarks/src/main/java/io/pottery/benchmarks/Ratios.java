package io.pottery.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/** What Pottery's scores are to those of the others in the same round. */
final class Ratios {

    private final Map<String, Map<Library, List<Double>>> scores = new TreeMap<>();

    /** Adds one round. */
    void add(Collection<RunResult> round) {
        for (RunResult result : round) {
            Library library = Library.valueOf(result.getParams().getParam("library"));
            scores.computeIfAbsent(result.getPrimaryResult().getLabel(), label -> new EnumMap<>(Library.class))
                    .computeIfAbsent(library, peer -> new ArrayList<>())
                    .add(result.getPrimaryResult().getScore());
        }
    }

    /** A line for each benchmark and peer: the median of the ratios, and all of them. */
    @Override
    public String toString() {
        return scores.entrySet().stream()
                .flatMap(benchmark -> benchmark.getValue().keySet().stream()
                        .filter(peer -> peer != Library.POTTERY)
                        .map(peer -> line(benchmark.getKey(), benchmark.getValue(), peer)))
                .collect(joining());
    }

    private static String line(String benchmark, Map<Library, List<Double>> scores, Library peer) {
        List<Double> own = scores.getOrDefault(Library.POTTERY, List.of());
        List<Double> others = scores.getOrDefault(peer, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
            ratios.add(own.get(round) / others.get(round));
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        return sorted.isEmpty()
                ? ""
                : "%-12s POTTERY / %-8s %.2f  of %s%n"
                        .formatted(
                                benchmark,
                                peer,
                                sorted.get(sorted.size() / 2),
                                ratios.stream().map("%.2f"::formatted).collect(joining(" ")));
    }
}
