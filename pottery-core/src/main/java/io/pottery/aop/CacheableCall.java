package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.aop.AnnotationInterceptor.CallAdvice;
import io.pottery.cache.Arguments;
import io.pottery.cache.AsyncRedisCache;
import io.pottery.cache.RedisCache;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.internal.redis.Completion;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A call of a method whose results are cached, and the entry that it is about.
 *
 * @param bypasses whether the method runs in any case
 */
record CacheableCall(
        CacheableMethod method,
        RedisCache<Arguments, Object> cache,
        Arguments entry,
        boolean bypasses,
        ProxyMethodInvocation invocation) {

    /** Looks calls up in their caches. */
    static CallAdvice<CacheableMethod> lookUp(CacheHandles handles) {
        return (method, invocation) -> run(method, handles, false, invocation);
    }

    /** Runs the method of each call, and stores what it returns. */
    static CallAdvice<CacheableMethod> bypass(CacheHandles handles) {
        return (method, invocation) -> run(method, handles, true, invocation);
    }

    private static @Nullable Object run(
            CacheableMethod method, CacheHandles handles, boolean bypasses, ProxyMethodInvocation invocation)
            throws Throwable {
        @Nullable Object[] arguments = invocation.getArguments();
        if (!method.looksUp(arguments)) {
            return invocation.proceed();
        }
        CacheableCall call = new CacheableCall(
                method,
                handles.get(method, method.entry().cache(arguments)),
                method.entry().entry(arguments),
                bypasses,
                invocation);
        return switch (method.outcome().kind()) {
            case RETURN -> call.value();
            case AWAITED_STAGE -> CompletableFuture.completedFuture(call.value());
            case STAGE -> call.stage();
            case PUBLISHER -> call.publisher();
        };
    }

    private @Nullable Object value() throws Exception {
        try {
            return method.result().wrapped(cached());
        } catch (UnencodableValueException e) {
            throw named(e);
        }
    }

    /** Tells whose arguments cannot be written, if it is them. */
    private RuntimeException named(UnencodableValueException failure) {
        try {
            method.entry().eviction(cache, invocation.getArguments());
        } catch (PotteryException e) {
            return e;
        }
        return failure;
    }

    /** Whoever holds a lease waits for no other call: that may wait for the same lock. */
    private @Nullable Object cached() throws Exception {
        if (!bypasses && CurrentLease.ofThread() == null) {
            return cache.get(entry, this::load, storeIf());
        }
        Object present = bypasses ? null : cache.getIfPresent(entry);
        return present != null ? present : cache.refresh(entry, this::load, storeIf());
    }

    private @Nullable Object load() throws Exception {
        try {
            Object result = AnnotationInterceptor.proceed(invocation);
            return OptionalType.unwrapped(
                    method.outcome().kind() == Outcome.Kind.AWAITED_STAGE && result instanceof CompletionStage<?> stage
                            ? valueOf(stage)
                            : result);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }

    private @Nullable Object valueOf(CompletionStage<?> stage) throws Throwable {
        StageEnd end;
        try {
            end = StageEnd.of(stage);
        } catch (InterruptedException e) {
            throw Interruption.told(e, invocation, method.name(), Interruption.WHILE_AWAITED);
        }
        return end.get();
    }

    private CompletableFuture<@Nullable Object> stage() {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        cached(CurrentLease.ofThread() != null, () -> {
                    CompletionStage<?> stage = (CompletionStage<?>) proceed();
                    return stage == null
                            ? CompletableFuture.completedFuture(null)
                            : stage.thenApply(OptionalType::unwrapped);
                })
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(method.result().wrapped(value));
                    } else {
                        Throwable cause = Completion.causeOf(failure);
                        result.completeExceptionally(
                                cause instanceof UnencodableValueException unwritten ? named(unwritten) : cause);
                    }
                });
        return result;
    }

    private Object publisher() {
        ReactiveAdapter adapter = requireNonNull(method.outcome().adapter());
        Mono<Object> value = Mono.deferContextual(context -> {
            boolean holdsLease = CurrentLease.ofThread() != null || CurrentLease.in(context) != null;
            return Mono.fromFuture(
                            cached(holdsLease, () -> collected(adapter, context).toFuture()), true)
                    .onErrorMap(UnencodableValueException.class, this::named);
        });
        return adapter.fromPublisher(
                method.result().many()
                        ? value.flatMapIterable(elements -> (List<?>) elements)
                        : value.map(element -> requireNonNull(method.result().wrapped(element)))
                                .switchIfEmpty(Mono.justOrEmpty(method.result().wrapped(null))));
    }

    /** What the method's publisher has, in the {@code context} of whoever has subscribed. */
    private Mono<?> collected(ReactiveAdapter adapter, ContextView context) throws Throwable {
        Object result = proceed();
        if (result == null) {
            return method.result().many() ? Mono.just(List.of()) : Mono.empty();
        }
        Publisher<?> publisher = adapter.toPublisher(result);
        Mono<?> value = method.result().many()
                ? Flux.from(publisher).collectList()
                : Flux.from(publisher)
                        .singleOrEmpty()
                        .flatMap(element -> Mono.justOrEmpty(OptionalType.unwrapped(element)));
        return value.contextWrite(context);
    }

    /** As {@link #cached()}, while nobody waits. */
    private CompletableFuture<Object> cached(boolean holdsLease, Loading loading) {
        AsyncRedisCache<Arguments, Object> async = cache.async().on(ReactiveCall.THREADS);
        Supplier<CompletionStage<?>> loader = () -> {
            try {
                return loading.begin();
            } catch (Throwable e) {
                return CompletableFuture.failedFuture(e);
            }
        };
        if (bypasses) {
            return async.refresh(entry, loader, storeIf());
        }
        if (!holdsLease) {
            return async.get(entry, loader, storeIf());
        }
        return async.getIfPresent(entry)
                .thenCompose(present -> present == null
                        ? async.refresh(entry, loader, storeIf())
                        : CompletableFuture.completedFuture(present));
    }

    private @Nullable Object proceed() throws Throwable {
        return AnnotationInterceptor.proceed(invocation);
    }

    private Predicate<@Nullable Object> storeIf() {
        return value -> method.stores(invocation.getArguments(), value);
    }

    /** Begins to compute a value that comes later. */
    @FunctionalInterface
    private interface Loading {
        CompletionStage<?> begin() throws Throwable;
    }
}
