package io.pottery.sample.hall;

/**
 * A seat that is sold.
 *
 * @param number of the order, no two of which are the same
 * @param fencingToken the number of the lease under which it was sold; 0 if it was sold without
 */
public record Ticket(String seat, String buyer, long number, long fencingToken) {}
