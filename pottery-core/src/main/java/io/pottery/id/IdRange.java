package io.pottery.id;

import java.util.stream.LongStream;

/** Ids that follow one another, all of which belong to who asked for them. */
public record IdRange(long first, long last) {

    /** Checks that there is at least one. */
    public IdRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("There are no ids from %d to %d".formatted(first, last));
        }
    }

    static IdRange of(long first, int count) {
        return new IdRange(first, first + count - 1);
    }

    /** How many there are. */
    public long size() {
        return last - first + 1;
    }

    /** The ids, lowest first. */
    public LongStream stream() {
        return LongStream.rangeClosed(first, last);
    }
}
