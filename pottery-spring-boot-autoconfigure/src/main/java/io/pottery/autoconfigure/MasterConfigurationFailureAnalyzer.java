package io.pottery.autoconfigure;

import io.pottery.error.MasterConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where to look for masters that are no quorum. */
final class MasterConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<MasterConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MasterConfigurationException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Review the elements of %s, or the RedisMasters bean if the application has one of its own."
                        .formatted(LockMaster.PROPERTY),
                cause);
    }
}
