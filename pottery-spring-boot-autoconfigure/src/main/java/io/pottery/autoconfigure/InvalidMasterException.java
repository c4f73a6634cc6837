package io.pottery.autoconfigure;

/** An address that is none. It is not repeated: who mistypes a URL may have a password anywhere in it. */
final class InvalidMasterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String expected;

    InvalidMasterException(String property, String expected) {
        super("'%s' is not %s".formatted(property, expected));
        this.property = property;
        this.expected = expected;
    }

    String property() {
        return property;
    }

    String expected() {
        return expected;
    }
}
