package io.pottery.linearizability;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that a thread can make.
 *
 * @param <T> the type of the object under test
 * @param <M> the type of its model
 * @param part what it reads and writes, as a field of a map: calls on different parts have nothing to do with each
 *     other
 * @param name tells of it
 * @param onObject makes the call, and returns what that returned
 * @param onModel does to a model what the call is to do, and returns what it is to return
 */
public record Call<T, M>(
        Object part,
        String name,
        Function<? super T, ? extends @Nullable Object> onObject,
        Function<? super M, ? extends @Nullable Object> onModel) {

    /** One that object and model have in common. */
    public static <M> Call<M, M> of(Object part, String name, Function<? super M, ? extends @Nullable Object> on) {
        return new Call<>(part, name, on, on);
    }

    @Override
    public String toString() {
        return name;
    }
}
