package io.pottery.error;

/** A sequence of ids that has reached the highest id there is. Nothing was changed. */
public final class IdsExhaustedException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public IdsExhaustedException(String message) {
        super(message);
    }
}
