package io.pottery.sample.report;

import io.pottery.sample.People;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** Hands the report out, with a watch in its hand. */
@Component
class Desk {

    /**
     * What somebody was handed.
     *
     * @param remembered whether it had been made before they asked
     * @param millis how long they waited
     */
    record Answer(Sales sales, boolean remembered, double millis) {}

    private final SalesReport report;
    private final InstantSource clock = InstantSource.system();

    Desk(SalesReport report) {
        this.report = report;
    }

    Answer ask(String row) throws InterruptedException {
        Instant asked = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long start = System.nanoTime();
        Sales sales = report.of(row);
        long micros = (System.nanoTime() - start) / 1_000;
        return new Answer(sales, sales.counted().isBefore(asked), micros / 1_000.0);
    }

    /** Has so many people ask at the same time. */
    List<Answer> askAtOnce(String row, int people) throws InterruptedException {
        return People.atOnce(people, number -> ask(row));
    }
}
