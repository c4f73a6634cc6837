package io.pottery.sample.redis;

import java.util.function.Supplier;

/** No Redis is configured, and none could be started. */
final class NoRedisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NoRedisException(IllegalStateException cause) {
        super(cause.getMessage(), cause);
    }

    /** Returns what {@code start} has started. */
    static <T> T unless(Supplier<T> start) {
        try {
            return start.get();
        } catch (IllegalStateException e) {
            throw new NoRedisException(e);
        }
    }
}
