package io.pottery.error;

import java.util.Map;
import java.util.stream.Collectors;

/** A majority of the masters did not agree. The message holds the reason of each master that did not answer. */
public class QuorumNotAchievedException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for masters that failed for these reasons, by master. */
    public QuorumNotAchievedException(String message, Map<?, ? extends Throwable> failures) {
        super(message + reasons(failures));
        failures.values().forEach(this::addSuppressed);
    }

    private static String reasons(Map<?, ? extends Throwable> failures) {
        return failures.entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage())
                .collect(Collectors.joining("; ", failures.isEmpty() ? "" : ". ", ""));
    }
}
