package io.pottery.internal.quorum;

import io.pottery.error.PotteryException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What reactive callers do while they hold something. */
public final class WhileHeld {

    private WhileHeld() {}

    /**
     * Runs {@code work} once there is something to hold, and completes when that is closed again. A failure to close it
     * is the failure, unless the work has failed: then it is suppressed there.
     */
    public static <R, T> Flux<T> run(
            Mono<R> resource,
            Function<R, ? extends Publisher<? extends T>> work,
            Function<R, Mono<Void>> close,
            Function<R, Mono<Void>> cancel) {
        return Flux.<T, R>usingWhen(
                        resource,
                        work,
                        close,
                        (held, failure) -> close.apply(held).onErrorResume(lost -> {
                            failure.addSuppressed(lost);
                            return Mono.empty();
                        }),
                        cancel)
                .onErrorMap(WhileHeld::unwrapped);
    }

    /** The exception of closing, out of that which Reactor has put around it. */
    private static Throwable unwrapped(Throwable failure) {
        return failure.getClass() == RuntimeException.class && failure.getCause() instanceof PotteryException lost
                ? lost
                : failure;
    }
}
