package io.pottery.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says how masters are written if what is there is no list of masters; Boot's own analysis would show all of it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LockMastersBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName MASTERS = ConfigurationPropertyName.of(LockMaster.PROPERTY);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        if (!MASTERS.equals(name) && !MASTERS.isParentOf(name)) {
            return null;
        }
        return new FailureAnalysis(
                "'%s' is not a list of masters. Its value is not shown because it may hold passwords.".formatted(name),
                "Give each master an index, from 0 without a gap, and a 'url' or 'host': %s[0].url=redis://10.0.0.1, say."
                        .formatted(LockMaster.PROPERTY),
                cause);
    }
}
