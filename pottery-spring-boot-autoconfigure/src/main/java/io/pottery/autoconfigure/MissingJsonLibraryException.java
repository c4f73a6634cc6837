package io.pottery.autoconfigure;

/** No library that maps objects to JSON. */
final class MissingJsonLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingJsonLibraryException() {
        super("Pottery stores objects as JSON, and neither Jackson 3 nor Jackson 2 is on the class path");
    }
}
