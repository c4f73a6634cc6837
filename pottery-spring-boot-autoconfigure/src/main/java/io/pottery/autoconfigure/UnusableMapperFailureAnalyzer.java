package io.pottery.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where Pottery cannot tell which mapper to use, or cannot use it. */
final class UnusableMapperFailureAnalyzer extends AbstractFailureAnalyzer<UnusableMapperException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableMapperException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Mark the one that Pottery shall use as @Primary, or declare a JsonCodecs bean: new Jackson3Codecs(mapper), say, or new Jackson3Codecs() for Pottery's own configuration.",
                cause);
    }
}
