package io.pottery.benchmarks.report;

import static java.util.stream.Collectors.joining;

import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.report.Figures.Ratio;
import java.util.List;
import java.util.stream.Stream;

/** A picture of the ratios of one area: a dot for each line and peer, with the spread of the rounds. */
final class Chart {

    private static final int WIDTH = 920;
    private static final int LEFT = 370;
    private static final int RIGHT = 30;
    private static final int TOP = 70;
    private static final int ROW = 42;
    private static final int BELOW = 34;

    private final Figures figures;
    private final String area;
    private final List<Line> lines;
    private final List<Library> peers;
    private final LogScale scale;

    Chart(Figures figures, String area) {
        this.figures = figures;
        this.area = area;
        this.lines = figures.lines(area).stream()
                .filter(line -> line.unit().hasRatio())
                .toList();
        this.peers = figures.libraries(lines).stream()
                .filter(library -> library != Library.POTTERY)
                .toList();
        this.scale = scale();
    }

    private LogScale scale() {
        List<Ratio> all = lines.stream()
                .flatMap(line -> peers.stream().flatMap(peer -> figures.ratio(line, peer).stream()))
                .toList();
        double lowest = all.stream().mapToDouble(Ratio::lowest).min().orElse(1);
        double highest = all.stream().mapToDouble(Ratio::highest).max().orElse(1);
        return LogScale.of(Math.min(lowest, 0.5), Math.max(highest, 2), LEFT, WIDTH - RIGHT);
    }

    String svg() {
        int height = TOP + ROW * lines.size() + BELOW;
        boolean bytes = lines.stream().allMatch(line -> line.unit() == Unit.BYTES);
        String title = "%s: how many times as %s Pottery is".formatted(area, bytes ? "small" : "fast");
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                font-family="system-ui, sans-serif" font-size="13" fill="#1d2733">
                <title>%s</title>
                <rect width="100%%" height="100%%" rx="8" fill="#fff"/>
                <text x="20" y="28" font-size="16" font-weight="600">%s</text>
                """.formatted(WIDTH, height, WIDTH, height, title, title)
                + legend()
                + scale.ticks().stream().map(tick -> tick(tick, height)).collect(joining())
                + Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                        .map(this::row)
                        .collect(joining())
                + "</svg>\n";
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        int x = LEFT;
        for (Library peer : peers) {
            String text = "than " + peer.title();
            legend.append("<circle cx=\"%d\" cy=\"48\" r=\"5\" fill=\"%s\"/><text x=\"%d\" y=\"52\">%s</text>%n"
                    .formatted(x + 5, peer.colour(), x + 16, text));
            x += 40 + 8 * text.length();
        }
        return legend.toString();
    }

    private String tick(double tick, int height) {
        boolean one = tick == 1;
        return """
                <path d="M%1$.1f %2$dV%3$d" stroke="%4$s" stroke-width="%5$s"/>\
                <text x="%1$.1f" y="%6$d" text-anchor="middle" fill="#5a6673" font-size="12">%7$s</text>
                """.formatted(
                        scale.at(tick),
                        TOP - 4,
                        height - BELOW + 4,
                        one ? "#1d2733" : "#e3e7eb",
                        one ? "1.5" : "1",
                        height - 12,
                        LogScale.text(tick));
    }

    private String row(int index) {
        Line line = lines.get(index);
        double middle = TOP + ROW * (index + 0.5);
        StringBuilder row = new StringBuilder("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n"
                .formatted(LEFT - 14, middle + 4, line.title()));
        double step = 9;
        double y = middle - step * (peers.size() - 1) / 2;
        for (Library peer : peers) {
            double at = y;
            figures.ratio(line, peer).ifPresent(ratio -> row.append(dot(line, peer, ratio, at)));
            y += step;
        }
        return row.toString();
    }

    private String dot(Line line, Library peer, Ratio ratio, double y) {
        return """
                <g><title>%s, %s: %s</title>\
                <path d="M%.1f %.1fH%.1f" stroke="%s" stroke-width="2.5" stroke-opacity=".45"/>\
                <circle cx="%.1f" cy="%.1f" r="4.5" fill="%s"/></g>
                """.formatted(
                        line.title(),
                        peer.title(),
                        ratio,
                        scale.at(ratio.lowest()),
                        y,
                        scale.at(ratio.highest()),
                        peer.colour(),
                        scale.at(ratio.median()),
                        y,
                        peer.colour());
    }
}
