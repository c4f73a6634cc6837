package io.pottery.sample.hall;

/** Somebody else has the seat. */
final class SoldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean paid;

    private SoldException(String message, boolean paid) {
        super(message);
        this.paid = paid;
    }

    static SoldException before(String seat) {
        return new SoldException("Seat %s is sold already: choose another one.".formatted(seat), false);
    }

    static SoldException afterPaying(String seat, String buyer) {
        return new SoldException("%s has paid for seat %s, and somebody else has it!".formatted(buyer, seat), true);
    }

    /** Whether the buyer has paid for it all the same. */
    boolean isPaid() {
        return paid;
    }
}
