package io.pottery.aop;

import io.pottery.internal.quorum.Await;
import io.pottery.internal.redis.Completion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How a stage has ended. */
record StageEnd(@Nullable Object value, @Nullable Throwable failure) {

    /**
     * Waits until {@code stage} has ended, as the thread of an asynchronous method would anyway. If the thread is
     * interrupted, the stage is cancelled.
     */
    static StageEnd of(CompletionStage<?> stage) throws InterruptedException {
        CompletableFuture<StageEnd> end = stage.<StageEnd>handle((value, failure) -> new StageEnd(value, failure))
                .toCompletableFuture();
        try {
            return end.isDone() ? Await.uninterruptibly(() -> end) : Await.interruptibly(() -> end);
        } catch (InterruptedException e) {
            stage.toCompletableFuture().cancel(true);
            throw e;
        }
    }

    /** The value; throws what the stage failed with. */
    @Nullable
    Object get() throws Throwable {
        if (failure != null) {
            throw Completion.causeOf(failure);
        }
        return value;
    }
}
