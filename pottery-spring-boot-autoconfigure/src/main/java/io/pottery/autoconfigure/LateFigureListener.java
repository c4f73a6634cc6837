package io.pottery.autoconfigure;

import io.pottery.FigureListener;
import io.pottery.cache.CacheFigures;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;

/** All listeners of the application, had when there is something to tell: they may themselves use Pottery. */
record LateFigureListener(ObjectProvider<FigureListener> listeners) implements FigureListener {

    @Override
    public void cache(String label, Supplier<CacheFigures> figures) {
        listeners.orderedStream().forEach(listener -> listener.cache(label, figures));
    }

    @Override
    public void queue(String name, Supplier<Long> size) {
        listeners.orderedStream().forEach(listener -> listener.queue(name, size));
    }
}
