package io.pottery.error;

import java.util.NoSuchElementException;

/** A queue that had no element for a call that does not wait. */
public final class QueueEmptyException extends NoSuchElementException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public QueueEmptyException(String message) {
        super(message);
    }
}
