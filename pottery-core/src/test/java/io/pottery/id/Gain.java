package io.pottery.id;

/**
 * The ids that a call has brought. What comes later has a higher number.
 *
 * @param called the number of the call
 * @param returned the number of its return
 */
record Gain(Taker taker, long called, long returned, IdRange ids) {

    @Override
    public String toString() {
        return "ids %d to %d of %s, called for at %d, returned at %d"
                .formatted(ids.first(), ids.last(), taker, called, returned);
    }
}
