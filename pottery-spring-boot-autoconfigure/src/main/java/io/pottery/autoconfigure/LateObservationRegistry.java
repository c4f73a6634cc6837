package io.pottery.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/** The application's registry, had when it is first needed: what observes may itself use Pottery. */
final class LateObservationRegistry implements ObservationRegistry {

    private final Supplier<ObservationRegistry> registry;

    LateObservationRegistry(ObjectProvider<ObservationRegistry> registries) {
        this.registry = SingletonSupplier.of(() -> registries.getIfUnique(() -> ObservationRegistry.NOOP));
    }

    @Override
    public @Nullable Observation getCurrentObservation() {
        return registry.get().getCurrentObservation();
    }

    @Override
    public Observation.@Nullable Scope getCurrentObservationScope() {
        return registry.get().getCurrentObservationScope();
    }

    @Override
    public void setCurrentObservationScope(Observation.@Nullable Scope scope) {
        registry.get().setCurrentObservationScope(scope);
    }

    @Override
    public ObservationConfig observationConfig() {
        return registry.get().observationConfig();
    }

    @Override
    public boolean isNoop() {
        return registry.get().isNoop();
    }
}
