package io.pottery.error;

/** A lease that was to be released, but was not held any more: others may have held the lock meanwhile. */
public final class ReleaseUnlockedLockException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ReleaseUnlockedLockException(String message) {
        super(message);
    }
}
