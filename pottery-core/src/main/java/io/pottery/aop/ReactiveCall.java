package io.pottery.aop;

import static java.util.Objects.requireNonNull;

import io.pottery.aop.CurrentLease.Held;
import io.pottery.error.LeaseLostException;
import io.pottery.internal.quorum.HandOver;
import io.pottery.internal.quorum.WhileHeld;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.ReactiveRedlock;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A call that waits for no one: whoever subscribes holds the lock until what the method has returned has ended.
 *
 * <p>It goes on on threads of Reactor. The factory's executor may be full of callers who wait for this very lock.
 */
final class ReactiveCall {

    private static final Scheduler SCHEDULER = Schedulers.boundedElastic();

    /** Where methods are called that nobody waits for. */
    static final Executor THREADS = work -> HandOver.execute(SCHEDULER::schedule, work);

    private final SynchronizedCall call;

    ReactiveCall(SynchronizedCall call) {
        this.call = call;
    }

    /** The publisher of a method that returns one. */
    Object publisher() {
        ReactiveAdapter adapter = requireNonNull(call.method().outcome().adapter());
        Flux<Object> elements = Flux.deferContextual(context -> {
            Held outer = CurrentLease.in(context);
            Held same = call.find(outer);
            return same == null ? new Subscription(outer).hold() : new Subscription(outer).join(same.alone());
        });
        return adapter.fromPublisher(adapter.isMultiValue() ? elements : elements.singleOrEmpty());
    }

    /** The stage of a method that returns one. */
    CompletableFuture<Object> stage() {
        Object nothing = call.method().outcome().nothing();
        Mono<Object> result = new Subscription(null).hold().singleOrEmpty();
        return (nothing == null || !call.method().skips() ? result : result.defaultIfEmpty(nothing)).toFuture();
    }

    /** Threads for what comes once the subscriber has returned: the method is not to run on the subscriber's own. */
    private static final class Gate implements Executor {

        private final List<Runnable> early = new ArrayList<>(1);
        private boolean open;

        @Override
        public void execute(Runnable work) {
            if (!isEarly(work)) {
                THREADS.execute(work);
            }
        }

        void open() {
            opened().forEach(THREADS::execute);
        }

        private synchronized boolean isEarly(Runnable work) {
            return !open && early.add(work);
        }

        private synchronized List<Runnable> opened() {
            open = true;
            return List.copyOf(early);
        }
    }

    /** One who has subscribed. */
    private final class Subscription {

        private final @Nullable Held outer;
        private final ContextTimer waiting = ContextTimer.started();
        private final ContextTimer holding = new ContextTimer();
        private volatile CompletionStage<?> running = CompletableFuture.completedFuture(null);

        /** Begins inside of what {@code outer} says. */
        Subscription(@Nullable Held outer) {
            this.outer = outer;
        }

        /** Runs the method under a lease of its own. */
        Flux<Object> hold() {
            return WhileHeld.run(lease(), this::begin, this::close, this::cancel);
        }

        /** Runs the method under a lease that was taken further out and is given back there. */
        Flux<Object> join(Held held) {
            call.requireValid(held);
            return elements(held).concatWith(Mono.fromRunnable(() -> call.checkEnd(held)));
        }

        private Mono<AsyncLease> lease() {
            Gate threads = new Gate();
            ReactiveRedlock lock = call.lock().reactive().on(threads);
            Duration timeout = call.method().timeout();
            Mono<AsyncLease> lease = timeout == null
                    ? lock.acquire()
                    : lock.tryAcquire(timeout).switchIfEmpty(Mono.defer(this::notAchieved));
            return Mono.fromDirect(subscriber -> {
                lease.subscribe(subscriber);
                threads.open();
            });
        }

        private Mono<AsyncLease> notAchieved() {
            call.logWaited(waiting);
            if (!call.method().skips()) {
                return Mono.error(call.notAchieved());
            }
            call.logSkipped();
            return Mono.empty();
        }

        private Flux<Object> begin(AsyncLease lease) {
            call.logWaited(waiting);
            holding.start();
            Held held = call.held(lease.blocking());
            call.requireValid(held);
            Flux<Object> elements = elements(held);
            return call.method().onLost() == OnLost.INTERRUPT ? elements.takeUntilOther(lost(lease)) : elements;
        }

        private Flux<Object> elements(Held held) {
            Held inside = held.inside(outer);
            Object result;
            try {
                result = call.proceed(inside);
            } catch (Throwable e) {
                return Flux.error(e);
            }
            return elements(result).contextWrite(inside::put);
        }

        private Flux<Object> elements(@Nullable Object result) {
            ReactiveAdapter adapter = call.method().outcome().adapter();
            if (result == null) {
                return Flux.empty();
            }
            if (adapter != null) {
                return Flux.from(adapter.toPublisher(result));
            }
            CompletionStage<?> stage = (CompletionStage<?>) result;
            running = stage;
            return Flux.from(Mono.fromFuture(stage.toCompletableFuture()));
        }

        /** Completes when the lease is lost; that becomes a failure when it is closed. */
        private Mono<Void> lost(AsyncLease lease) {
            return Mono.create(sink -> lease.onLost(sink::success));
        }

        private Mono<Void> close(AsyncLease lease) {
            return Mono.fromFuture(lease::close)
                    .onErrorResume(LeaseLostException.class, lost -> Mono.fromRunnable(() -> call.lost(lost)))
                    .doFinally(end -> call.logHeld(holding));
        }

        /** Gives back when a stage has ended that could not be cancelled. */
        private Mono<Void> cancel(AsyncLease lease) {
            return Mono.fromCompletionStage(running.handle((result, failure) -> true))
                    .then(close(lease));
        }
    }
}
