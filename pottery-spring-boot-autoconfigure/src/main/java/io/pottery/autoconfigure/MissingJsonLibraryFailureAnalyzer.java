package io.pottery.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to add where nothing maps objects to JSON. */
final class MissingJsonLibraryFailureAnalyzer extends AbstractFailureAnalyzer<MissingJsonLibraryException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingJsonLibraryException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Add org.springframework.boot:spring-boot-starter-json to the application, or declare a JsonCodecs bean.",
                cause);
    }
}
