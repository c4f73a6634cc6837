package io.pottery.sample.hall;

import io.pottery.error.PotteryException;
import io.pottery.sample.People;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A hundred people who want a seat at the same time, each at a counter of their own. */
@Component
class Crowd {

    static final int SIZE = 100;

    private static final int PATIENCE = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /**
     * What has become of them; the first four figures are a hundred.
     *
     * @param tickets how many have one now
     * @param withoutTicket how many went home, because all seats were sold
     * @param paidForNothing how many paid for a seat that somebody else has
     * @param failed how many went home, because the box office did not work
     * @param reason why it did not work, if it did not
     */
    record Outcome(
            long tickets,
            long withoutTicket,
            long paidForNothing,
            long failed,
            @Nullable String reason) {}

    /** How a seat is sold. */
    interface Counter {

        Ticket buy(String seat, String buyer) throws InterruptedException;
    }

    private enum Fate {
        TICKET,
        SOLD_OUT,
        PAID_FOR_NOTHING,
        FAILED
    }

    /** How it went for one of them. */
    private record Visit(Fate fate, @Nullable String reason) {}

    private final Hall hall;

    Crowd(Hall hall) {
        this.hall = hall;
    }

    /** Has them all come, and returns when the last of them has left. */
    Outcome rush(Counter counter) throws InterruptedException {
        return outcome(People.atOnce(SIZE, number -> visit(counter, "Buyer " + number)));
    }

    /** Tries free seats, at random, until one is bought, none is left, or the box office has failed too often. */
    private Visit visit(Counter counter, String buyer) throws InterruptedException {
        String reason = null;
        for (int failures = 0; failures < PATIENCE; ) {
            try {
                List<String> free = Seats.without(Set.copyOf(hall.sold().keySet()));
                if (free.isEmpty()) {
                    return new Visit(Fate.SOLD_OUT, null);
                }
                counter.buy(free.get(ThreadLocalRandom.current().nextInt(free.size())), buyer);
                return new Visit(Fate.TICKET, null);
            } catch (SoldException e) {
                if (e.isPaid()) {
                    return new Visit(Fate.PAID_FOR_NOTHING, null);
                }
            } catch (PotteryException e) {
                failures++;
                reason = e.getMessage();
                Thread.sleep(PAUSE.toMillis());
            }
        }
        return new Visit(Fate.FAILED, reason);
    }

    private static Outcome outcome(List<Visit> visits) {
        return new Outcome(
                count(visits, Fate.TICKET),
                count(visits, Fate.SOLD_OUT),
                count(visits, Fate.PAID_FOR_NOTHING),
                count(visits, Fate.FAILED),
                visits.stream()
                        .filter(visit -> visit.reason() != null)
                        .findFirst()
                        .map(Visit::reason)
                        .orElse(null));
    }

    private static long count(List<Visit> visits, Fate fate) {
        return visits.stream().filter(visit -> visit.fate() == fate).count();
    }
}
