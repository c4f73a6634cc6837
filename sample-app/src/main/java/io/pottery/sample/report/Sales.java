package io.pottery.sample.report;

import java.time.Instant;
import java.util.List;

/**
 * What a row has sold.
 *
 * @param bestBuyers who has most of its seats, at most three of them
 * @param counted when
 */
record Sales(String row, int tickets, List<Buyer> bestBuyers, Instant counted) {

    /** Who has so many seats of the row. */
    record Buyer(String name, long tickets) {}
}
