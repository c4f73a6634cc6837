package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.PotteryFactory;
import io.pottery.aop.EvictingMethod.Removal;
import io.pottery.error.PotteryException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A call of a method that removes entries of caches.
 *
 * @param before what to remove before the method runs
 * @param after what to remove when its work has ended
 */
record EvictingCall(
        EvictingMethod method, List<Removal> before, List<Removal> after, ProxyMethodInvocation invocation) {

    /** Runs {@code method}, and removes what it says. */
    static @Nullable Object run(EvictingMethod method, PotteryFactory pottery, ProxyMethodInvocation invocation)
            throws Throwable {
        List<Removal> removals = method.removals(pottery, invocation.getArguments());
        EvictingCall call = new EvictingCall(
                method,
                removals.stream().filter(Removal::beforeInvocation).toList(),
                removals.stream().filter(removal -> !removal.beforeInvocation()).toList(),
                invocation);
        return switch (method.outcome().kind()) {
            case RETURN -> call.value();
            case AWAITED_STAGE, STAGE -> call.single(call::stage).toFuture();
            case PUBLISHER -> call.publisher();
        };
    }

    private @Nullable Object value() throws Throwable {
        removeAll(before, null);
        Object result = AnnotationInterceptor.proceed(invocation);
        if (Outcome.goesOn(result)) {
            throw new PotteryException(
                    "%s has returned a %s, which goes on when nothing is removed any more: declare it as the type that is returned"
                            .formatted(
                                    method.name(),
                                    result == null ? null : result.getClass().getName()));
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) { // that began further out
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    removeAll(after, result);
                }

                @Override
                public void afterCompletion(int status) {
                    if (status != STATUS_COMMITTED) { // what the method did may have been committed by itself
                        removeAll(after, result);
                    }
                }
            });
        } else {
            removeAll(after, result);
        }
        return result;
    }

    /** Removes all that can be, and throws what failed. */
    private static void removeAll(List<Removal> removals, @Nullable Object result) {
        RuntimeException failure = null;
        for (Removal removal : removals) {
            try {
                removal.run(result);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Object publisher() {
        ReactiveAdapter adapter = requireNonNull(method.outcome().adapter());
        return adapter.fromPublisher(
                adapter.isMultiValue()
                        ? removed(before, null)
                                .thenMany(Flux.defer(() -> elements(adapter)))
                                .concatWith(removed(after, null).then(Mono.empty()))
                        : single(() -> elements(adapter).singleOrEmpty()));
    }

    /** What {@code work} has, which nobody gets to know before all is removed. */
    private Mono<Object> single(Work work) {
        return removed(before, null)
                .then(Mono.defer(() -> {
                    try {
                        return work.begin();
                    } catch (Throwable e) {
                        return Mono.error(e);
                    }
                }))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(result -> removed(after, result.orElse(null)).then(Mono.justOrEmpty(result)));
    }

    private static Mono<Void> removed(List<Removal> removals, @Nullable Object result) {
        return Flux.fromIterable(removals)
                .concatMapDelayError(removal -> removal.later(result))
                .then();
    }

    private Mono<Object> stage() throws Throwable {
        CompletionStage<?> stage = (CompletionStage<?>) AnnotationInterceptor.proceed(invocation);
        return stage == null ? Mono.empty() : Mono.fromFuture(stage.toCompletableFuture());
    }

    private Flux<Object> elements(ReactiveAdapter adapter) {
        Object result;
        try {
            result = AnnotationInterceptor.proceed(invocation);
        } catch (Throwable e) {
            return Flux.error(e);
        }
        return result == null ? Flux.empty() : Flux.from(adapter.toPublisher(result));
    }

    /** Begins the work of the method. */
    @FunctionalInterface
    private interface Work {
        Mono<Object> begin() throws Throwable;
    }
}
