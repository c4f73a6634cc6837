package io.pottery.autoconfigure;

import io.pottery.error.WrongTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where the application finds something else at a key while it starts. */
final class WrongTypeFailureAnalyzer extends AbstractFailureAnalyzer<WrongTypeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongTypeException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Another application may use that key: see what is there (redis-cli TYPE <key>), and choose another name, or a pottery.key-prefix of this application's own.",
                cause);
    }
}
