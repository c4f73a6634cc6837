package io.pottery.internal.redis;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Something that is observed from now until it stops, if anybody observes; whoever comes later is not heard. What
 * observers throw is logged, and harms nobody else.
 *
 * @param <C> what the observation is about
 */
public final class Observed<C extends Observation.Context> {

    private static final Log LOG = LogFactory.getLog(Observed.class);

    private final @Nullable C context;
    private final Observation observation;
    private final Lock telling = new ReentrantLock();
    private boolean stopped;

    private Observed(@Nullable C context, Observation observation) {
        this.context = context;
        this.observation = observation;
    }

    /** Begins to be observed, as a part of {@code parent} if that is not null. */
    public static <C extends Observation.Context> Observed<C> started(
            ObservationRegistry registry, String name, @Nullable Observation parent, Supplier<C> about) {
        if (registry.isNoop()) {
            return new Observed<>(null, Observation.NOOP);
        }
        C context = about.get();
        Observed<C> observed;
        try {
            Observation observation = Observation.createNotStarted(name, () -> context, registry);
            if (observation.isNoop()) {
                return new Observed<>(null, Observation.NOOP);
            }
            observation.parentObservation(parent == null ? registry.getCurrentObservation() : parent);
            observed = new Observed<>(context, observation);
        } catch (RuntimeException e) {
            LOG.warn("%s is not observed, because an observer failed".formatted(name), e);
            return new Observed<>(null, Observation.NOOP);
        }
        observed.tell(began -> observed.observation.start());
        return observed;
    }

    /** Whether anybody observes. */
    public boolean isObserved() {
        return context != null;
    }

    /** Tells of an event meanwhile. */
    public void event(String name) {
        tell(about -> observation.event(Observation.Event.of(name)));
    }

    /** Ends; {@code outcome} says in the context what has come of it, and {@code failure} why, if it failed. */
    public void stop(@Nullable Throwable failure, Consumer<C> outcome) {
        tell(about -> {
            stopped = true;
            outcome.accept(about);
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        });
    }

    private void tell(Consumer<C> what) {
        if (context == null) {
            return;
        }
        telling.lock();
        try {
            if (!stopped) {
                what.accept(context);
            }
        } catch (RuntimeException e) {
            LOG.warn("An observer of %s failed".formatted(context.getName()), e);
        } finally {
            telling.unlock();
        }
    }
}
