package io.pottery.benchmarks;

import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times libraries by turns, so that all of them meet what else the machine does.
 *
 * @param turns how many turns each has in a round
 * @param times how many times it does in a turn what is timed
 */
public record Turns(int turns, int times) {

    /** Runs the rounds, after one that is thrown away; adds a quantile of each contender's times to each line. */
    public void compare(Figures figures, List<? extends Contender> contenders, Map<Line, Double> quantiles)
            throws Exception {
        round(contenders);
        for (int round = 0; round < Benchmarks.ROUNDS; round++) {
            round(contenders).forEach((contender, latencies) -> {
                latencies.done();
                quantiles.forEach(
                        (line, quantile) -> figures.add(line, contender.library(), latencies.millis(quantile)));
            });
        }
    }

    private Map<Contender, Latencies> round(List<? extends Contender> contenders) throws Exception {
        Map<Contender, Latencies> all = new LinkedHashMap<>();
        List<Contender> order = new ArrayList<>(contenders);
        for (int turn = 0; turn < turns; turn++) {
            for (Contender contender : order) {
                contender.time(times, all.computeIfAbsent(contender, first -> new Latencies()));
            }
            Collections.rotate(order, 1);
        }
        return all;
    }

    /** What one library does in its turn. */
    public interface Contender {

        /** Whose turn it is. */
        Library library();

        /** Does it {@code times} times, and adds how long each took. */
        void time(int times, Latencies latencies) throws Exception;
    }
}
