package io.pottery.internal.redis;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Something that is observed from now until it stops, if anybody observes. What observers throw is logged, and harms
 * nobody else.
 *
 * @param <C> what the observation is about
 */
public final class Observed<C extends Observation.Context> {

    private static final Log LOG = LogFactory.getLog(Observed.class);

    private final @Nullable C context;
    private final Observation observation;

    private Observed(@Nullable C context, Observation observation) {
        this.context = context;
        this.observation = observation;
    }

    /** Begins to be observed. */
    public static <C extends Observation.Context> Observed<C> started(
            ObservationRegistry registry, String name, Supplier<C> about) {
        if (registry.isNoop()) {
            return new Observed<>(null, Observation.NOOP);
        }
        try {
            C context = about.get();
            return new Observed<>(context, Observation.start(name, () -> context, registry));
        } catch (RuntimeException e) {
            LOG.warn("%s is not observed, because an observer failed".formatted(name), e);
            return new Observed<>(null, Observation.NOOP);
        }
    }

    /** Whether anybody observes. */
    public boolean isObserved() {
        return context != null;
    }

    /** Tells of an event meanwhile. */
    public void event(String name) {
        tell(observed -> observation.event(Observation.Event.of(name)));
    }

    /** Ends; {@code outcome} says in the context what has come of it. */
    public void stop(Consumer<C> outcome) {
        tell(observed -> {
            outcome.accept(observed);
            observation.stop();
        });
    }

    private void tell(Consumer<C> what) {
        if (context != null) {
            try {
                what.accept(context);
            } catch (RuntimeException e) {
                LOG.warn("An observer of %s failed".formatted(context.getName()), e);
            }
        }
    }
}
