package io.pottery.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * An axis on which each step multiplies.
 *
 * @param ticks 1, 2, 5, 10 and so on, from below the lowest figure to above the highest
 * @param from where the first of them is drawn
 * @param to where the last one is
 */
record LogScale(List<Double> ticks, double from, double to) {

    static LogScale of(double lowest, double highest, double from, double to) {
        List<Double> steps = Stream.iterate(-4, exponent -> exponent < 9, exponent -> exponent + 1)
                .flatMap(exponent -> Stream.of(1, 2, 5).map(digit -> digit * Math.pow(10, exponent)))
                .toList();
        double first = steps.stream().filter(step -> step <= lowest).reduce(steps.get(0), (a, b) -> b);
        double last = steps.stream()
                .filter(step -> step >= highest && step > first)
                .findFirst()
                .orElse(steps.get(steps.size() - 1));
        return new LogScale(
                steps.stream().filter(step -> step >= first && step <= last).toList(), from, to);
    }

    double at(double figure) {
        double first = Math.log(ticks.get(0));
        double last = Math.log(ticks.get(ticks.size() - 1));
        return from + (Math.log(figure) - first) / (last - first) * (to - from);
    }

    static String text(double tick) {
        return tick < 1 ? "%s".formatted((float) tick) : "%,.0f".formatted(tick);
    }
}
