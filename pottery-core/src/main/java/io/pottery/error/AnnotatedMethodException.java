package io.pottery.error;

import org.jspecify.annotations.Nullable;

/** A method that cannot do what an annotation at it says. It is told when the bean is made, before anything ran. */
public final class AnnotatedMethodException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that no other caused. */
    public AnnotatedMethodException(String message) {
        super(message);
    }

    /** Creates an exception that {@code cause} led to. */
    public AnnotatedMethodException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
