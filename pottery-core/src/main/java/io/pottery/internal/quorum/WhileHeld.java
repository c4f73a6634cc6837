package io.pottery.internal.quorum;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
        return Flux.defer(() -> {
            AtomicReference<@Nullable Throwable> ofClosing = new AtomicReference<>();
            return Flux.<T, R>usingWhen(
                            resource,
                            work,
                            held -> close.apply(held).doOnError(ofClosing::set),
                            (held, failure) -> close.apply(held).onErrorResume(lost -> {
                                failure.addSuppressed(lost);
                                return Mono.empty();
                            }),
                            cancel)
                    .onErrorMap(failure -> {
                        Throwable closing = ofClosing.get();
                        return closing != null
                                        && failure.getCause() == closing // Reactor has put an exception around it
                                ? closing
                                : failure;
                    });
        });
    }
}
