package io.pottery.internal.quorum;

import io.pottery.error.MasterConfigurationException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        return majorityOf(masters);
    }

    /** How many of so many {@code masters} make a majority. */
    public static int majorityOf(int masters) {
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

    /**
     * Whether connections were lost some time ago, so that masters were not asked without which there is no majority:
     * then connecting again tells what is wrong, if anything is.
     */
    public boolean isCutOff() {
        return impossible()
                && failures.values().stream()
                        .anyMatch(failure -> failure instanceof MasterException master && !master.sent());
    }

    /** A failure of this kind, if so many masters failed in that way that the others are no majority. */
    public <X extends Throwable> Optional<X> prevailing(Class<X> kind) {
        List<X> alike = failures.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        return masters - alike.size() < majority() ? Optional.of(alike.get(0)) : Optional.empty();
    }

    /** Throws if masters were refused for how they are set up. */
    public void requireWellConfigured() {
        for (Throwable failure : failures.values()) {
            if (failure instanceof MasterConfigurationException refusal) {
                throw new MasterConfigurationException(Objects.requireNonNull(refusal.getMessage()));
            }
        }
    }

    /** Throws if so many masters failed that a majority is out of reach for {@code what} is at {@code key}. */
    public void requirePossible(String what, String key) {
        requireWellConfigured();
        if (!impossible()) {
            return;
        }
        throw prevailing(WrongTypeException.class)
                .<PotteryException>map(found -> new WrongTypeException(
                        "Expected a %s at '%s', but %s: use another name".formatted(what, key, found.getMessage()),
                        found))
                .orElseGet(() -> new QuorumIsImpossibleException(
                        "The %s at '%s' is out of reach: %d of %d masters failed, and %d must answer"
                                .formatted(what, key, failures.size(), masters, majority()),
                        failures));
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
