package io.pottery;

import io.pottery.cache.CacheFigures;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** A listener whose failures are logged, and harm no cache and no queue. */
record GuardedListener(FigureListener listener) implements FigureListener {

    private static final Log LOG = LogFactory.getLog(FigureListener.class);

    @Override
    public void cache(String label, Supplier<CacheFigures> figures) {
        guarded("cache", label, () -> listener.cache(label, figures));
    }

    @Override
    public void queue(String name, Supplier<Long> size) {
        guarded("queue", name, () -> listener.queue(name, size));
    }

    private static void guarded(String kind, String name, Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            LOG.warn("The %s '%s' is not watched, because a listener failed".formatted(kind, name), e);
        }
    }
}
