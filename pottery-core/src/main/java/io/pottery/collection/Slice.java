package io.pottery.collection;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list, with exactly the meaning that {@code start:stop:step} has in Python: the elements from
 * {@code start} on, {@code stop} excluded, each {@code step}. An index below zero counts from the end; one beyond an
 * end means that end.
 *
 * @param start the index of the first element; null for the end that the step leads away from
 * @param stop the index behind the last element, not included; null for the end that the step leads to
 * @param step by how much the index goes on; below zero, the elements come in reverse
 */
public record Slice(@Nullable Integer start, @Nullable Integer stop, int step) {

    /** Checks the step, which must not be zero. */
    public Slice {
        if (step == 0) {
            throw new IllegalArgumentException("The step of a slice must not be 0: use 1, or -1 for reverse order");
        }
    }

    /** Everything: {@code [:]}. */
    public static Slice all() {
        return new Slice(null, null, 1);
    }

    /** Everything from {@code start} on: {@code [start:]}. */
    public static Slice from(int start) {
        return new Slice(start, null, 1);
    }

    /** Everything up to {@code stop}, which is not included: {@code [:stop]}. */
    public static Slice to(int stop) {
        return new Slice(null, stop, 1);
    }

    /** Everything from {@code start} to {@code stop}, which is not included: {@code [start:stop]}. */
    public static Slice of(int start, int stop) {
        return new Slice(start, stop, 1);
    }

    /** The same part with another step: {@code [start:stop:step]}. */
    public Slice step(int step) {
        return new Slice(start, stop, step);
    }

    /** As Python writes it, such as {@code [1:-1:2]}. */
    @Override
    public String toString() {
        return "[%s:%s%s]".formatted(start == null ? "" : start, stop == null ? "" : stop, step == 1 ? "" : ":" + step);
    }
}
