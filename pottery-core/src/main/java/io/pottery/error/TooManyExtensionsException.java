package io.pottery.error;

/** A lease that has been extended as often, or held as long, as its options allow. It ends when it would have ended. */
public final class TooManyExtensionsException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public TooManyExtensionsException(String message) {
        super(message);
    }
}
