package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.cache.CacheState.Decoded;
import io.pottery.cache.Lookup.Mode;
import io.pottery.error.UnencodableValueException;
import io.pottery.internal.quorum.HandOver;
import io.pottery.internal.redis.Completion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RedisCache} for callers who do not wait. Redis is asked, loaders are called and futures complete on the
 * factory's executor, or on another one; no thread waits for a computation. Cancelling a future leaves the computation
 * running, because others may wait for it. A loader that asks for its own entry waits for itself, in vain.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@SuppressWarnings("NullAway") // which forgets the @Nullable of a type variable in the type of a member
public final class AsyncRedisCache<K extends @Nullable Object, V> {

    private final CacheState<V> state;
    private final Executor executor;

    AsyncRedisCache(CacheState<V> state, Executor executor) {
        this.state = state;
        this.executor = executor;
    }

    /** The same cache on the threads of {@code executor}. */
    public AsyncRedisCache<K, V> on(Executor executor) {
        return new AsyncRedisCache<>(state, requireNonNull(executor, "executor must not be null"));
    }

    /** As {@link RedisCache#getIfPresent}. */
    public CompletableFuture<@Nullable V> getIfPresent(K key) {
        try {
            return find(key).thenApply(found -> found == null ? null : found.value());
        } catch (UnencodableValueException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** As {@link RedisCache#get(Object, Loader)}. */
    public CompletableFuture<@Nullable V> get(K key, Supplier<? extends CompletionStage<? extends V>> loader) {
        return get(key, loader, value -> true);
    }

    /** As {@link RedisCache#get(Object, Loader, Predicate)}. */
    public CompletableFuture<@Nullable V> get(
            K key, Supplier<? extends CompletionStage<? extends V>> loader, Predicate<? super @Nullable V> storeIf) {
        requireNonNull(loader, "loader must not be null");
        try {
            Sought<V> sought = Sought.in(state, key);
            return sought.near() != null
                    ? CompletableFuture.completedFuture(sought.near().value())
                    : begin(sought.field(), Mode.GET, loader, storeIf);
        } catch (UnencodableValueException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** As {@link RedisCache#refresh(Object, Loader)}. */
    public CompletableFuture<@Nullable V> refresh(K key, Supplier<? extends CompletionStage<? extends V>> loader) {
        return refresh(key, loader, value -> true);
    }

    /** As {@link RedisCache#refresh(Object, Loader, Predicate)}. */
    public CompletableFuture<@Nullable V> refresh(
            K key, Supplier<? extends CompletionStage<? extends V>> loader, Predicate<? super @Nullable V> storeIf) {
        requireNonNull(loader, "loader must not be null");
        try {
            return begin(state.fields().of(key), Mode.REFRESH, loader, storeIf);
        } catch (UnencodableValueException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** As {@link RedisCache#put}. */
    public CompletableFuture<Void> put(K key, @Nullable V value) {
        return run(() -> new RedisCache<K, V>(state).put(key, value));
    }

    /** As {@link RedisCache#evict}. */
    public CompletableFuture<Void> evict(K key) {
        return run(() -> new RedisCache<K, V>(state).evict(key));
    }

    /** As {@link RedisCache#clear}. */
    public CompletableFuture<Void> clear() {
        return run(() -> new RedisCache<K, V>(state).clear());
    }

    /** As {@link RedisCache#find}. */
    CompletableFuture<@Nullable Decoded<V>> find(K key) {
        Sought<V> sought = Sought.in(state, key);
        return sought.near() != null
                ? CompletableFuture.completedFuture(sought.near())
                : call(() -> RedisCache.find(state, sought.field()));
    }

    /** Does {@code work} on the executor. */
    CompletableFuture<Void> run(Runnable work) {
        return call(() -> {
            work.run();
            return null;
        });
    }

    private <T> CompletableFuture<@Nullable T> call(Supplier<@Nullable T> work) {
        CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        HandOver.execute(executor, () -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private CompletableFuture<@Nullable V> begin(
            byte[] field,
            Mode mode,
            Supplier<? extends CompletionStage<? extends V>> loader,
            Predicate<? super @Nullable V> storeIf) {
        Running running = new Running(new Call<>(state, field, mode, null), field, loader, storeIf);
        running.goOn();
        return running.result;
    }

    /** A call that is under way. */
    private final class Running {

        private final Call<V> call;
        private final byte[] field;
        private final Supplier<? extends CompletionStage<? extends V>> loader;
        private final Predicate<? super @Nullable V> storeIf;
        private final CompletableFuture<@Nullable V> result = new CompletableFuture<>();

        Running(
                Call<V> call,
                byte[] field,
                Supplier<? extends CompletionStage<? extends V>> loader,
                Predicate<? super @Nullable V> storeIf) {
            this.call = call;
            this.field = field;
            this.loader = loader;
            this.storeIf = storeIf;
        }

        void goOn() {
            HandOver.execute(executor, () -> {
                try {
                    take(call.next());
                } catch (Throwable e) {
                    call.giveUp();
                    result.completeExceptionally(e);
                }
            });
        }

        private void take(Call.Step<V> step) {
            if (step instanceof Call.Answer<V> answer) {
                if (answer.endsSoon()) {
                    computeAhead();
                }
                result.complete(answer.value());
            } else if (step instanceof Call.Failed<V> failed) {
                result.completeExceptionally(failed.failure());
            } else if (step instanceof Call.Wait<V> wait) {
                wait.until().thenRun(this::goOn);
            } else if (step instanceof Call.Load<V> load) {
                load(load);
            } else {
                result.complete(null);
            }
        }

        private void load(Call.Load<V> load) {
            CompletionStage<? extends V> stage;
            try {
                stage = requireNonNull(loader.get(), "the loader must not return null for a stage");
            } catch (Throwable e) {
                end(load, null, e);
                return;
            }
            stage.whenComplete((value, failure) -> HandOver.execute(executor, () -> end(load, value, failure)));
        }

        private void end(Call.Load<V> load, @Nullable V value, @Nullable Throwable failure) {
            if (failure != null) {
                Throwable cause = Completion.causeOf(failure);
                call.failed(load, cause);
                result.completeExceptionally(cause);
                return;
            }
            try {
                call.loaded(load, value, storeIf);
                result.complete(value);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }

        private void computeAhead() {
            Consumer<Consumer<@Nullable Throwable>> work = ended ->
                    begin(field, Mode.AHEAD, loader, storeIf).whenComplete((value, failure) -> ended.accept(failure));
            Ahead.begin(state, field, work);
        }
    }
}
