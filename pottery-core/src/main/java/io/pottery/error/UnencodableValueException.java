package io.pottery.error;

import org.jspecify.annotations.Nullable;

/** A value that cannot be written as JSON. The message holds its path, such as {@code $.order.items[3]}. */
public final class UnencodableValueException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that {@code cause} led to. */
    public UnencodableValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
