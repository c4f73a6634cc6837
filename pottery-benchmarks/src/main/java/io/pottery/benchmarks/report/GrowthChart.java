package io.pottery.benchmarks.report;

import static java.util.stream.Collectors.joining;

import io.pottery.benchmarks.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A picture of what becomes of speed when there is more: a curve for each library, over the number in the title. */
final class GrowthChart {

    static final String AREA = "growth";

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");
    private static final int COLUMNS = 2;
    private static final double DECADE = 10;
    private static final int WIDTH = 430;
    private static final int HEIGHT = 250;
    private static final int TOP = 60;

    private final Figures figures;
    private final List<Library> libraries;
    private final Map<String, List<Line>> panels = new LinkedHashMap<>();

    GrowthChart(Figures figures) {
        this.figures = figures;
        List<Line> lines = figures.lines(AREA);
        this.libraries = figures.libraries(lines);
        lines.forEach(line -> panels.computeIfAbsent(
                        NUMBER.matcher(line.title()).replaceFirst("n"), title -> new ArrayList<>())
                .add(line));
    }

    private static double number(Line line) {
        Matcher number = NUMBER.matcher(line.title());
        return number.find() ? Double.parseDouble(number.group().replace(",", "")) : 1;
    }

    String svg() {
        int width = COLUMNS * WIDTH;
        int height = TOP + (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT;
        List<String> titles = List.copyOf(panels.keySet());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                font-family="system-ui, sans-serif" font-size="12" fill="#1d2733">
                <title>growth: speed by size</title>
                <rect width="100%%" height="100%%" rx="8" fill="#fff"/>
                <text x="20" y="28" font-size="16" font-weight="600">growth: speed by size</text>
                """.formatted(width, height, width, height)
                + legend()
                + Stream.iterate(0, i -> i < titles.size(), i -> i + 1)
                        .map(i -> panel(titles.get(i), i % COLUMNS * WIDTH, TOP + i / COLUMNS * HEIGHT))
                        .collect(joining())
                + "</svg>\n";
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        int x = 300;
        for (Library library : libraries) {
            legend.append("<circle cx=\"%d\" cy=\"24\" r=\"5\" fill=\"%s\"/><text x=\"%d\" y=\"28\">%s</text>%n"
                    .formatted(x, library.colour(), x + 10, library.title()));
            x += 100;
        }
        return legend.toString();
    }

    private String panel(String title, int left, int top) {
        List<Line> lines = panels.getOrDefault(title, List.of());
        List<Double> all = lines.stream()
                .flatMap(line -> libraries.stream().flatMap(library -> figures.median(line, library).stream()))
                .toList();
        Unit unit = lines.get(0).unit();
        double highest = all.stream().mapToDouble(figure -> figure).max().orElse(1);
        double lowest = all.stream().mapToDouble(figure -> figure).min().orElse(1);
        LogScale y = LogScale.of(
                Math.min(lowest, highest / DECADE), // so that noise looks like noise
                highest,
                top + HEIGHT - 50.0,
                top + 30.0);
        LogScale x = LogScale.of(
                number(lines.get(0)), number(lines.get(lines.size() - 1)), left + 90.0, left + WIDTH - 30.0);
        String name = "%s (%s)".formatted(title, unit == Unit.PER_SECOND ? "a second" : "milliseconds");
        return "<text x=\"%d\" y=\"%d\" font-weight=\"600\">%s</text>%n".formatted(left + 20, top + 12, name)
                + y.ticks().stream()
                        .map(tick -> """
                                <path d="M%1$d %2$.1fH%3$d" stroke="#e3e7eb"/>\
                                <text x="%4$d" y="%5$.1f" text-anchor="end" fill="#5a6673">%6$s</text>
                                """.formatted(
                                        left + 90,
                                        y.at(tick),
                                        left + WIDTH - 30,
                                        left + 82,
                                        y.at(tick) + 4,
                                        LogScale.text(tick)))
                        .collect(joining())
                + lines.stream()
                        .map(line -> """
                                <text x="%.1f" y="%d" text-anchor="middle" fill="#5a6673">%,.0f</text>
                                """.formatted(x.at(number(line)), top + HEIGHT - 30, number(line)))
                        .collect(joining())
                + libraries.stream().map(library -> curve(lines, library, x, y)).collect(joining());
    }

    private String curve(List<Line> lines, Library library, LogScale x, LogScale y) {
        List<String> points = lines.stream()
                .flatMap(line ->
                        figures
                                .median(line, library)
                                .map(figure -> "%.1f,%.1f".formatted(x.at(number(line)), y.at(figure)))
                                .stream())
                .toList();
        return points.isEmpty()
                ? ""
                : "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>%n"
                        .formatted(String.join(" ", points), library.colour());
    }
}
