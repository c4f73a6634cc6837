package io.pottery.sample.report;

import io.pottery.sample.SampleProperties;
import io.pottery.sample.hall.Hall;
import io.pottery.sample.hall.Ticket;
import io.pottery.sample.report.Sales.Buyer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Counts what a row has sold. It pauses, because a query over years of sales would take its time. */
@Component
class SlowQuery {

    private static final int BEST = 3;
    private static final Comparator<Buyer> BEST_FIRST =
            Comparator.comparingLong(Buyer::tickets).reversed().thenComparing(Buyer::name);

    private final Hall hall;
    private final Duration time;
    private final InstantSource clock = InstantSource.system();

    SlowQuery(Hall hall, SampleProperties properties) {
        this.hall = hall;
        time = properties.reportTime();
    }

    Sales run(String row) throws InterruptedException {
        Thread.sleep(time.toMillis());
        List<Ticket> tickets = hall.sold().toMap().values().stream()
                .filter(ticket -> ticket.seat().startsWith(row))
                .toList();
        return new Sales(row, tickets.size(), best(tickets), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static List<Buyer> best(List<Ticket> tickets) {
        return tickets.stream().collect(Collectors.groupingBy(Ticket::buyer, Collectors.counting())).entrySet().stream()
                .map(buyer -> new Buyer(buyer.getKey(), buyer.getValue()))
                .sorted(BEST_FIRST)
                .limit(BEST)
                .toList();
    }
}
