package io.pottery.error;

/** A lease that was to be extended, but is over: it was released, has ended, or the masters do not know it any more. */
public final class ExtendUnlockedLockException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ExtendUnlockedLockException(String message) {
        super(message);
    }
}
