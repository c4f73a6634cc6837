package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.aop.AnnotationInterceptor.CallAdvice;
import io.pottery.cache.Arguments;
import io.pottery.cache.AsyncRedisCache;
import io.pottery.cache.RedisCache;
import io.pottery.internal.quorum.Await;
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
        @Nullable
        Object value = bypasses ? cache.refresh(entry, this::load, storeIf()) : cache.get(entry, this::load, storeIf());
        return method.result().wrapped(value);
    }

    private @Nullable Object load() throws Exception {
        try {
            Object result = AnnotationInterceptor.proceed(invocation);
            return CachedResult.unwrapped(
                    method.outcome().kind() == Outcome.Kind.AWAITED_STAGE && result instanceof CompletionStage<?> stage
                            ? valueOf(stage)
                            : result);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }

    /** Waits for {@code stage}, as the thread of an asynchronous method would anyway. */
    private static @Nullable Object valueOf(CompletionStage<?> stage) throws Throwable {
        CompletableFuture<End> end = stage.handle(End::new).toCompletableFuture();
        End reached = end.isDone() ? Await.uninterruptibly(() -> end) : Await.interruptibly(() -> end);
        if (reached.failure() != null) {
            throw Completion.causeOf(reached.failure());
        }
        return reached.value();
    }

    private CompletableFuture<@Nullable Object> stage() {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        valueOf(() -> {
                    CompletionStage<?> stage = (CompletionStage<?>) proceed();
                    return stage == null
                            ? CompletableFuture.completedFuture(null)
                            : stage.thenApply(CachedResult::unwrapped);
                })
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(method.result().wrapped(value));
                    } else {
                        result.completeExceptionally(Completion.causeOf(failure));
                    }
                });
        return result;
    }

    private Object publisher() {
        ReactiveAdapter adapter = requireNonNull(method.outcome().adapter());
        Mono<Object> value = Mono.deferContextual(context ->
                Mono.fromFuture(valueOf(() -> collected(adapter, context).toFuture()), true));
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
                        .flatMap(element -> Mono.justOrEmpty(CachedResult.unwrapped(element)));
        return value.contextWrite(context);
    }

    private CompletableFuture<Object> valueOf(Loading loading) {
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
        return async.get(entry, loader, storeIf());
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

    /** How a stage has ended. */
    private record End(@Nullable Object value, @Nullable Throwable failure) {}
}
