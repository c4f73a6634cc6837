package io.pottery.error;

/** A lease that ended before the work under it did: others may have held the lock meanwhile. */
public final class LeaseLostException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public LeaseLostException(String message) {
        super(message);
    }
}
