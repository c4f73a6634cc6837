package io.pottery.sample;

/** No Redis is configured, and none could be started. */
final class NoRedisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoRedisException(IllegalStateException cause) {
        super(cause.getMessage(), cause);
    }
}
