package io.pottery.testing;

import java.nio.file.Path;
import java.util.Optional;

/** The Java 25 on which those tests run that need one. */
public final class Java25 {

    private Java25() {}

    public static boolean isThere() {
        return find().isPresent();
    }

    /** Its home. */
    public static Path home() {
        return find().orElseThrow();
    }

    /** That of this Java if it is new enough, or else of the one that the environment names. */
    private static Optional<Path> find() {
        return Runtime.version().feature() >= 25
                ? Optional.of(Path.of(System.getProperty("java.home")))
                : Optional.ofNullable(System.getenv("JAVA25_HOME")).map(Path::of);
    }
}
