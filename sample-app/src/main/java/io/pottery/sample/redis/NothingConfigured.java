package io.pottery.sample.redis;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds while no property says where servers are, or how to get in. */
abstract sealed class NothingConfigured extends SpringBootCondition {

    private final String prefix;
    private final Set<String> telling;

    private NothingConfigured(String prefix, Set<String> telling) {
        this.prefix = prefix;
        this.telling = telling;
    }

    /** As for the Redis that has the data. */
    static final class Redis extends NothingConfigured {

        Redis() {
            super(
                    "spring.data.redis",
                    Set.of(
                            "url",
                            "host",
                            "port",
                            "database",
                            "username",
                            "password",
                            "ssl",
                            "sentinel",
                            "cluster",
                            "masterreplica"));
        }
    }

    /** As for the masters that decide about locks. */
    static final class Masters extends NothingConfigured {

        Masters() {
            super("pottery.lock", Set.of("masters"));
        }
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, Object> properties = Binder.get(context.getEnvironment())
                .bind(prefix, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of);
        Set<String> configured = new TreeSet<>(telling);
        configured.removeIf(name -> "".equals(properties.getOrDefault(name, "")));
        ConditionMessage.Builder message = ConditionMessage.forCondition("Nothing configured");
        return configured.isEmpty()
                ? ConditionOutcome.match(message.because(prefix + " does not say where servers are"))
                : ConditionOutcome.noMatch(message.found("property of " + prefix, "properties of " + prefix)
                        .items(configured));
    }
}
