package io.pottery.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that Pottery could not do. The message names the key, what was found there or who did not answer, and what
 * to do about it; it never holds stored values or passwords.
 */
public class PotteryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that no other caused. */
    public PotteryException(String message) {
        super(message);
    }

    /** Creates an exception that {@code cause} led to. */
    public PotteryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
