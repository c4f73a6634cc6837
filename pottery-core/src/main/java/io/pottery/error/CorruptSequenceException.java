package io.pottery.error;

/** A sequence of ids whose key holds something that is no id, so others have written there. Nothing was changed. */
public final class CorruptSequenceException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public CorruptSequenceException(String message) {
        super(message);
    }
}
