package io.pottery.linearizability;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made, and when: moments are numbers that grow.
 *
 * @param result what it returned
 * @param invoked a moment before anything was done for it
 * @param returned a moment after all was done for it; {@link #NEVER} if its outcome is unknown, so that it may take
 *     effect at any time later, or not at all
 */
public record Operation<M>(Call<?, M> call, @Nullable Object result, long invoked, long returned) {

    /** When an operation returns whose outcome is unknown. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An operation that has failed without saying what became of it. */
    public static <M> Operation<M> unknown(Call<?, M> call, long invoked) {
        return new Operation<>(call, null, invoked, NEVER);
    }

    boolean isKnown() {
        return returned != NEVER;
    }

    /** Does to {@code state} what the call is to do; false if it would have returned something else. */
    boolean isPossibleOn(M state) {
        Object due = call.onModel().apply(state);
        return !isKnown() || Objects.equals(due, result);
    }

    /** The same, for a result that has become known otherwise. */
    public Operation<M> withResult(@Nullable Object known) {
        return new Operation<>(call, known, invoked, returned);
    }

    @Override
    public String toString() {
        return isKnown()
                ? "%d-%d %s: %s".formatted(invoked, returned, call, result)
                : "%d-? %s: unknown".formatted(invoked, call);
    }
}
