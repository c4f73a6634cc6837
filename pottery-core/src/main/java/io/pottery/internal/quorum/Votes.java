package io.pottery.internal.quorum;

import io.pottery.internal.redis.RedisMaster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What masters have answered to one question so far. */
public final class Votes<T> {

    private final int masters;
    private final Map<RedisMaster, T> answers = new LinkedHashMap<>();
    private final Map<RedisMaster, Throwable> failures = new LinkedHashMap<>();

    Votes(int masters) {
        this.masters = masters;
    }

    /** How many masters were asked. */
    public int masters() {
        return masters;
    }

    /** How many of them make a majority. */
    public int majority() {
        return masters / 2 + 1;
    }

    /** The answers, in the order in which they came. */
    public Map<RedisMaster, T> answers() {
        return answers;
    }

    /** Why masters did not answer. */
    public Map<RedisMaster, Throwable> failures() {
        return failures;
    }

    /** Whether a majority has given an answer that {@code inFavour} accepts. */
    public boolean carried(Predicate<? super T> inFavour) {
        return count(inFavour) >= majority();
    }

    /** Whether no further answer can change what {@link #carried} says. */
    public boolean decided(Predicate<? super T> inFavour) {
        int yes = count(inFavour);
        return yes >= majority() || yes + outstanding() < majority();
    }

    /** Whether so many masters failed that the others are no majority. */
    public boolean impossible() {
        return masters - failures.size() < majority();
    }

    /** How many answers are in favour. */
    public int count(Predicate<? super T> inFavour) {
        int count = 0;
        for (T answer : answers.values()) {
            if (inFavour.test(answer)) {
                count++;
            }
        }
        return count;
    }

    /** How many masters have neither answered nor failed. */
    public int outstanding() {
        return masters - answers.size() - failures.size();
    }
}
