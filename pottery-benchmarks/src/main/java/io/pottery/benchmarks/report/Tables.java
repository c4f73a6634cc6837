package io.pottery.benchmarks.report;

import static java.util.stream.Collectors.joining;

import io.pottery.benchmarks.Library;
import java.util.List;
import java.util.stream.Stream;

/** A table for each area, in Markdown. */
final class Tables {

    private final Figures figures;

    Tables(Figures figures) {
        this.figures = figures;
    }

    String markdown() {
        return figures.areas().stream().map(this::area).collect(joining("\n"));
    }

    private String area(String area) {
        List<Line> lines = figures.lines(area);
        List<Library> all = figures.libraries(lines);
        List<Library> peers =
                all.stream().filter(library -> library != Library.POTTERY).toList();
        List<Cost> costs = Stream.of(Cost.values())
                .filter(cost ->
                        lines.stream().anyMatch(line -> !costs(line, cost, all).isBlank()))
                .toList();
        String header = row(Stream.of(
                        Stream.of(""),
                        Stream.of("Pottery"),
                        peers.stream().map(peer -> "to " + peer.title()),
                        costs.stream().map(Cost::title))
                .flatMap(cells -> cells));
        return "## %s%n%n![%s](%s.svg)%n%n".formatted(area, area, area)
                + (costs.isEmpty() ? "" : "What an operation takes is that of %s.%n%n".formatted(titles(all)))
                + header
                + "|---".repeat(2 + peers.size() + costs.size()) + "|\n"
                + lines.stream()
                        .map(line -> row(Stream.of(
                                        Stream.of(line.title(), own(line)),
                                        peers.stream().map(peer -> compared(line, peer)),
                                        costs.stream().map(cost -> costs(line, cost, all)))
                                .flatMap(cells -> cells)))
                        .collect(joining());
    }

    private static String titles(List<Library> libraries) {
        return libraries.stream().map(Library::title).collect(joining(" · "));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(joining(" | ", "| ", " |\n"));
    }

    private String own(Line line) {
        return figure(line, Library.POTTERY);
    }

    private String compared(Line line, Library peer) {
        return line.unit().hasRatio()
                ? figures.ratio(line, peer).map(Figures.Ratio::toString).orElse("")
                : figure(line, peer);
    }

    private String figure(Line line, Library library) {
        return figures.median(line, library).map(line.unit()::text).orElse("");
    }

    private String costs(Line line, Cost cost, List<Library> libraries) {
        List<String> each = libraries.stream()
                .map(library ->
                        figures.median(line, library, cost).map(cost::text).orElse("–"))
                .toList();
        return each.stream().allMatch("–"::equals) ? "" : String.join(" · ", each);
    }
}
