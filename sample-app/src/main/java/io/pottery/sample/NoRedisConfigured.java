package io.pottery.sample;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds while no property of {@code spring.data.redis} says where a Redis is, or how to get in. */
class NoRedisConfigured extends SpringBootCondition {

    private static final Set<String> TELLING = Set.of(
            "url", "host", "port", "database", "username", "password", "ssl", "sentinel", "cluster", "masterreplica");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        BindResult<Map<String, Object>> bound = Binder.get(context.getEnvironment())
                .bind("spring.data.redis", Bindable.mapOf(String.class, Object.class));
        Map<String, Object> properties = bound.isBound() ? bound.get() : Map.of();
        Set<String> configured = new TreeSet<>(TELLING);
        configured.removeIf(name -> "".equals(properties.getOrDefault(name, "")));
        ConditionMessage.Builder message = ConditionMessage.forCondition("No Redis configured");
        return configured.isEmpty()
                ? ConditionOutcome.match(message.because("spring.data.redis does not say where one is"))
                : ConditionOutcome.noMatch(
                        message.found("property of spring.data.redis", "properties of spring.data.redis")
                                .items(configured));
    }
}
