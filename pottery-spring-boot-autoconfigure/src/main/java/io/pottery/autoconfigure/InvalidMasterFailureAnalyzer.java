package io.pottery.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which address is none, and what one is, where Boot's own analysis would show the value. */
final class InvalidMasterFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMasterException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidMasterException cause) {
        return new FailureAnalysis(
                "Invalid value for configuration property '%s', not shown because it may hold a password."
                        .formatted(cause.property()),
                "Set it to %s.".formatted(cause.expected()),
                cause);
    }
}
