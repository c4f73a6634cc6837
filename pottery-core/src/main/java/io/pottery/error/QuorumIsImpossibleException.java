package io.pottery.error;

import java.util.Map;

/** So many masters did not answer that the others are no majority. The message holds the reason of each. */
public final class QuorumIsImpossibleException extends QuorumNotAchievedException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for masters that failed for these reasons, by master. */
    public QuorumIsImpossibleException(String message, Map<?, ? extends Throwable> failures) {
        super(message, failures);
    }
}
