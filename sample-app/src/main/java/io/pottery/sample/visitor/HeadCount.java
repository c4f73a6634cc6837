package io.pottery.sample.visitor;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** The true number, to compare {@link UniqueVisitors} with: all names are kept for it, and the number of tickets. */
@Component
class HeadCount {

    private static final String TICKETS = "tickets";

    private final RedisSet<String> names;
    private final RedisCounter<String> tickets;

    HeadCount(PotteryFactory pottery) {
        names = pottery.set("unique-visitors:names", String.class);
        tickets = pottery.counter("unique-visitors:tickets", String.class);
    }

    void countNames(List<String> visitors) {
        names.addAll(visitors);
    }

    /** Counts so many tickets, and returns the number of the last one. */
    long countTickets(int number) {
        return tickets.increment(TICKETS, number);
    }

    long number() {
        return names.size() + tickets.count(TICKETS);
    }

    void forget() {
        names.clear();
        tickets.clear();
    }
}
