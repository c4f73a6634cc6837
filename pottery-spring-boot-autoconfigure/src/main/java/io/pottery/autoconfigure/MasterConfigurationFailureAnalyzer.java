package io.pottery.autoconfigure;

import io.pottery.error.MasterConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where to look for masters that are no quorum. */
final class MasterConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<MasterConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MasterConfigurationException cause) {
        RefusedMastersException refused = findCause(rootFailure, RefusedMastersException.class);
        return new FailureAnalysis(
                cause.getMessage() + ".",
                refused == null
                        ? "Review the RedisMasters beans of the application."
                        : "Review the elements of %s.".formatted(refused.property()),
                cause);
    }
}
