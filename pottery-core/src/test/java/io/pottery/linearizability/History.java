package io.pottery.linearizability;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What the threads that use one object do to it and see of it. */
public final class History<T, M> {

    private final T object;
    private final Predicate<RuntimeException> isUnknown;
    private final AtomicLong moments = new AtomicLong();
    private final Queue<Operation<M>> operations = new ConcurrentLinkedQueue<>();

    /** The history of {@code object}, no call on which may fail. */
    public History(T object) {
        this(object, failure -> false);
    }

    /**
     * The history of {@code object}, calls on which may fail.
     *
     * @param isUnknown whether a call that has failed so may have been done, or be done yet
     */
    public History(T object, Predicate<RuntimeException> isUnknown) {
        this.object = object;
        this.isUnknown = isUnknown;
    }

    public T object() {
        return object;
    }

    /** Makes {@code call}; false if its outcome is unknown. */
    public boolean make(Call<? super T, M> call) {
        return make(call, object);
    }

    /** Makes {@code call} by another {@code handle} of the object. */
    public boolean make(Call<? super T, M> call, T handle) {
        long invoked = moments.getAndIncrement();
        try {
            Object result = call.onObject().apply(handle);
            operations.add(new Operation<>(call, result, invoked, moments.getAndIncrement()));
            return true;
        } catch (RuntimeException e) {
            if (!isUnknown.test(e)) {
                throw e;
            }
            operations.add(Operation.unknown(call, invoked));
            return false;
        }
    }

    /** What was done so far. */
    public List<Operation<M>> operations() {
        return List.copyOf(operations);
    }
}
