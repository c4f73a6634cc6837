package io.pottery.autoconfigure;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says how masters are written if what is there is no list of masters; Boot's own analysis would show all of it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MastersBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        return Stream.of(ConfiguredMaster.LOCKS, ConfiguredMaster.IDS)
                .filter(list -> holds(ConfigurationPropertyName.of(list), cause.getName()))
                .map(list -> analysis(list, cause))
                .findFirst()
                .orElse(null);
    }

    private static boolean holds(ConfigurationPropertyName list, ConfigurationPropertyName name) {
        return list.equals(name) || list.isParentOf(name);
    }

    private static FailureAnalysis analysis(String list, BindException cause) {
        return new FailureAnalysis(
                "'%s' is not a list of masters. Its value is not shown because it may hold passwords."
                        .formatted(cause.getName()),
                "Give each master an index, from 0 without a gap, and a 'url' or 'host': %s[0].url=redis://10.0.0.1, say."
                        .formatted(list),
                cause);
    }
}
