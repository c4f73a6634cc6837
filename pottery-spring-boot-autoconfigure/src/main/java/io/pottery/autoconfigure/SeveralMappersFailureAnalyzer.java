package io.pottery.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where Pottery cannot tell which mapper to use. */
final class SeveralMappersFailureAnalyzer extends AbstractFailureAnalyzer<SeveralMappersException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SeveralMappersException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Mark the one that Pottery shall use as @Primary, or declare a JsonCodecs bean, such as new Jackson3Codecs(mapper).",
                cause);
    }
}
