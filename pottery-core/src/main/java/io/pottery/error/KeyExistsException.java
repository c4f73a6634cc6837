package io.pottery.error;

/** A container that was to be populated, but whose key exists already. Nothing was changed. */
public final class KeyExistsException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public KeyExistsException(String message) {
        super(message);
    }
}
