package io.pottery.codec;

/** A type that is never mapped; the message says why, and holds nothing but that. */
final class RefusedTypeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String reason;

    RefusedTypeException(String type, String reason) {
        super("%s: %s".formatted(type, reason));
        this.type = type;
        this.reason = reason;
    }

    String type() {
        return type;
    }

    String reason() {
        return reason;
    }
}
