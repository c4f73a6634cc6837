package io.pottery.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where Pottery cannot tell which Redis to use. */
final class SeveralConnectionFactoriesFailureAnalyzer
        extends AbstractFailureAnalyzer<SeveralConnectionFactoriesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SeveralConnectionFactoriesException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Mark the one that Pottery shall use as @Primary, or set %s=<name> to one of these names."
                        .formatted(ConnectionFactories.PROPERTY),
                cause);
    }
}
