package io.pottery.autoconfigure;

import io.pottery.error.AnnotatedMethodException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which method cannot do what its annotation says; the sentence ends with what to do. */
final class AnnotatedMethodFailureAnalyzer extends AbstractFailureAnalyzer<AnnotatedMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AnnotatedMethodException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", null, cause);
    }
}
