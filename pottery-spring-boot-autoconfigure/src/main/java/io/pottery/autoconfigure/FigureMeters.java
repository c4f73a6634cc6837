package io.pottery.autoconfigure;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.pottery.FigureListener;
import io.pottery.cache.CacheFigures;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Registers meters for the figures of caches and queues. Those that all caches have are called as Spring Boot does. */
final class FigureMeters implements FigureListener {

    private static final String LOOKED_UP = "Calls that looked an entry up, by whether it was there";

    private final MeterRegistry registry;

    FigureMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void cache(String label, Supplier<CacheFigures> figures) {
        Tags tags = Tags.of("cache", label, "name", label, "cache.manager", "pottery");
        count("cache.gets", tags.and("result", "hit"), figures, CacheFigures::hits, LOOKED_UP);
        count("cache.gets", tags.and("result", "miss"), figures, CacheFigures::misses, LOOKED_UP);
        Tags name = Tags.of("cache", label);
        count("pottery.cache.near", name, figures, CacheFigures::nearHits, "Calls answered from the process's memory");
        count("pottery.cache.unreadable", name, figures, CacheFigures::unreadable, "Entries that could not be read");
        count("pottery.cache.failures", name, figures, CacheFigures::failures, "Calls that Redis did not answer");
    }

    private void count(
            String name,
            Tags tags,
            Supplier<CacheFigures> figures,
            ToLongFunction<CacheFigures> figure,
            String description) {
        FunctionCounter.builder(name, this, meters -> figure.applyAsLong(figures.get()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    @Override
    public void queue(String name, Supplier<Long> size) {
        Gauge.builder("pottery.queue.size", this, meters -> sizeOf(size))
                .tag("queue", name)
                .description("Elements that wait, asked of Redis when it is read")
                .register(registry);
    }

    private static double sizeOf(Supplier<Long> size) {
        try {
            return size.get();
        } catch (RuntimeException e) { // nobody knows while Redis does not answer
            return Double.NaN;
        }
    }
}
