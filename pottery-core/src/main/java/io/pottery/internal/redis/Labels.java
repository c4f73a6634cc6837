package io.pottery.internal.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Something for each label that metrics know. They are few: whoever makes names up without end, as of users, fills
 * neither this memory nor that of what collects metrics.
 */
public final class Labels<T> {

    private static final int MOST = 100;
    private static final String OTHERS = "others";

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> made;

    /** {@code made} makes what belongs to a label. */
    public Labels(Function<String, T> made) {
        this.made = made;
    }

    /** What belongs to {@code label}; beyond the first hundred, what belongs to all others. */
    public T get(String label) {
        T present = known.get(label);
        if (present != null) {
            return present;
        }
        return known.computeIfAbsent(known.size() < MOST ? label : OTHERS, made);
    }

    public void forEach(BiConsumer<String, T> work) {
        known.forEach(work);
    }
}
