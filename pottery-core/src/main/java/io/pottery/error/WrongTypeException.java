package io.pottery.error;

import org.jspecify.annotations.Nullable;

/** A key that holds another Redis type than the container over it. Nothing was changed. */
public final class WrongTypeException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that {@code cause} led to. */
    public WrongTypeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
