package io.pottery.benchmarks.report;

import java.util.Comparator;

/**
 * One row of the tables.
 *
 * @param area what is compared there, such as {@code dict}
 * @param order where it stands in its area
 * @param title what is done in one operation
 * @param unit what its figures count
 */
public record Line(String area, int order, String title, Unit unit) implements Comparable<Line> {

    private static final Comparator<Line> ORDER = Comparator.comparing(Line::area)
            .thenComparing(Line::order)
            .thenComparing(line -> line.title().length()) // of 1,000 before of 10,000
            .thenComparing(Line::title);

    @Override
    public int compareTo(Line other) {
        return ORDER.compare(this, other);
    }
}
