package io.pottery.internal.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Something for each label that metrics know. They are few: whoever makes names up without end, as of users, fills
 * neither this memory nor that of what collects metrics.
 */
public final class Labels<T> {

    private static final int MOST = 100;
    private static final String OTHERS = "others";

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Supplier<T> made;
    private final BiConsumer<String, T> told;

    /** {@code made} makes what belongs to a label, of which {@code told} is told then. */
    public Labels(Supplier<T> made, BiConsumer<String, T> told) {
        this.made = made;
        this.told = told;
    }

    /** What belongs to {@code label}; beyond the first hundred, what belongs to all others. */
    public T get(String label) {
        T present = known.get(label);
        return present == null ? added(known.size() < MOST ? label : OTHERS) : present;
    }

    private T added(String label) {
        T another = made.get();
        T present = known.putIfAbsent(label, another);
        if (present != null) {
            return present;
        }
        told.accept(label, another);
        return another;
    }

    public void forEach(BiConsumer<String, T> work) {
        known.forEach(work);
    }
}
