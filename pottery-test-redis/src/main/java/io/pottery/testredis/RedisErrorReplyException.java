package io.pottery.testredis;

/** Thrown if a server answers a command with an error. */
public final class RedisErrorReplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisErrorReplyException(String command, String reply) {
        super("Redis refuses %s: %s".formatted(command, reply));
    }
}
