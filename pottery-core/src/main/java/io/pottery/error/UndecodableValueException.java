package io.pottery.error;

import org.jspecify.annotations.Nullable;

/**
 * Bytes in Redis that are not JSON, or not the JSON of the type asked for. The message holds the path, but nothing of
 * what is stored.
 */
public final class UndecodableValueException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that {@code cause} led to. */
    public UndecodableValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
