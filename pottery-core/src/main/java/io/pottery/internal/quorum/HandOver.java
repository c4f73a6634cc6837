package io.pottery.internal.quorum;

import io.pottery.internal.redis.Completion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands futures of the inside to users, on their executor. */
public final class HandOver {

    private HandOver() {}

    /**
     * Returns a future that completes as {@code inner} does, with the {@code face} of its result. If the user completes
     * or cancels it before, {@code inner} is cancelled; what comes all the same goes to {@code unwanted}.
     */
    public static <T extends @Nullable Object, F extends @Nullable Object> CompletableFuture<F> to(
            Executor executor, CompletableFuture<T> inner, Function<T, F> face, Consumer<T> unwanted) {
        CompletableFuture<F> outer = new CompletableFuture<>();
        inner.whenComplete((result, failure) -> execute(executor, () -> {
            if (failure != null) {
                outer.completeExceptionally(Completion.causeOf(failure));
            } else if (!outer.complete(face.apply(result))) {
                unwanted.accept(result);
            }
        }));
        outer.whenComplete((result, failure) -> inner.cancel(true));
        return outer;
    }

    /** Runs {@code work} on {@code executor}, or on the common pool if that is full or has been shut down. */
    public static void execute(Executor executor, Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            CompletableFuture.runAsync(work);
        }
    }
}
