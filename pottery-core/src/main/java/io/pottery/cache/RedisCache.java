package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.cache.CacheState.Decoded;
import io.pottery.cache.Lookup.Mode;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.internal.quorum.Await;
import io.pottery.internal.quorum.HandOver;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cache that all processes share: results by what they were computed from. {@link CachedFunction} puts one in front
 * of a function, and {@link RedisCacheable} in front of a method.
 *
 * <pre>{@code
 * RedisCache<Integer, Report> reports = pottery.cache("reports", Integer.class, Report.class);
 * Report report = reports.get(2026, () -> compute(2026));
 * }</pre>
 *
 * <p>A key is one value of any type that has JSON, or several as {@link Arguments}. Entries are told apart by value and
 * type, never by {@code hashCode}: 1, 1L and "1" are three keys. Keep a handle for as long as it is used: what is
 * counted, kept in memory and computed once at a time belongs to the handle.
 *
 * <p>What is promised:
 *
 * <ul>
 *   <li>Nothing is stored whose computation began before an {@link #evict} or {@link #clear} of its entry that has
 *       returned, in whatever process.
 *   <li>Of the calls of one handle that miss the same entry at the same time, one computes it, and the others get its
 *       result, or its exception. With {@link CacheOptions#sync()}, that holds for all processes, exceptions aside.
 *   <li>Exceptions are never stored; null is if {@link CacheOptions#nullTtl()} says for how long.
 *   <li>While Redis does not answer, callers compute for themselves, and after the first failure without waiting;
 *       unless {@link CacheOptions#failOpen()} is off. {@code put}, {@code evict} and {@code clear} fail, because what
 *       they were to do is not done.
 *   <li>An entry that cannot be read counts as missing, and is replaced.
 * </ul>
 *
 * <p>Values must not be changed by who gets them if others may have got the same: callers that have waited for one
 * result, and callers of a near cache.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class RedisCache<K extends @Nullable Object, V> {

    private final CacheState<V> state;

    RedisCache(CacheState<V> state) {
        this.state = state;
    }

    /** The key in Redis, prefix included. */
    public String key() {
        return state.entries().hash().name();
    }

    public CacheOptions options() {
        return state.options();
    }

    /** The same cache for callers who do not do without Redis, whatever the options say. */
    RedisCache<K, V> failing() {
        return new RedisCache<>(state.failing());
    }

    /** The same cache for callers who do not wait. */
    public AsyncRedisCache<K, V> async() {
        return new AsyncRedisCache<>(state, state.executor());
    }

    /**
     * The value of {@code key}; null if there is none, or if it is null. One round trip, or none if it is near.
     *
     * @throws PotteryException if Redis fails, and the cache does not {@linkplain CacheOptions#failOpen() fail open}
     */
    public @Nullable V getIfPresent(K key) {
        Decoded<V> found = find(key);
        return found == null ? null : found.value();
    }

    /** What there is, be it null; null itself if there is nothing. */
    @Nullable
    Decoded<V> find(K key) {
        Sought<V> sought = Sought.in(state, key);
        return sought.near() != null ? sought.near() : find(state, sought.field());
    }

    /** What Redis has at {@code field}, as {@link #find(Object)}. */
    static <V> @Nullable Decoded<V> find(CacheState<V> state, byte[] field) {
        Call<V> call = new Call<>(state, field, Mode.LOOK, Thread.currentThread());
        return call.next() instanceof Call.Answer<V> answer ? new Decoded<>(answer.value()) : null;
    }

    /** As {@link #get(Object, Loader, Predicate)}, storing whatever {@code loader} returns. */
    public <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E {
        return get(key, loader, value -> true);
    }

    /**
     * The value of {@code key}. If there is none, {@code loader} computes it on this thread, or this call waits for one
     * that does. A hit takes one round trip, or none if it is near; a miss takes two and the computation, and three if
     * nothing in the cache ever ends.
     *
     * @param storeIf tells of a result whether it is to be stored
     * @throws E if the loader does, also that of another call which this one has waited for: let all loaders of a cache
     *     throw the same
     * @throws UnencodableValueException if the key or the result has no JSON
     * @throws PotteryException if Redis fails, and the cache does not {@linkplain CacheOptions#failOpen() fail open}
     */
    public <E extends Exception> @Nullable V get(
            K key, Loader<? extends V, E> loader, Predicate<? super @Nullable V> storeIf) throws E {
        requireNonNull(loader, "loader must not be null");
        Sought<V> sought = Sought.in(state, key);
        if (sought.near() != null) {
            return sought.near().value();
        }
        Call<V> call = new Call<>(state, sought.field(), Mode.GET, Thread.currentThread());
        try {
            Call.Step<V> step = stepAfterWaiting(call);
            if (step instanceof Call.Answer<V> answer) {
                if (answer.endsSoon()) {
                    computeAhead(sought.field(), loader, storeIf);
                }
                return answer.value();
            } else if (step instanceof Call.Failed<V> failed) {
                throw RedisCache.<E>same(failed.failure());
            }
            return load(call, (Call.Load<V>) step, loader, storeIf);
        } finally {
            call.giveUp(); // unless it has ended as it should
        }
    }

    /** Who is interrupted while it waits computes for itself, as it would without a cache. */
    private static <V> Call.Step<V> stepAfterWaiting(Call<V> call) {
        Call.Step<V> step = call.next();
        while (step instanceof Call.Wait<V> wait) {
            try {
                Await.interruptibly(() -> wait.until().thenApply(over -> true));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Call.Load<>(null);
            }
            step = call.next();
        }
        return step;
    }

    /** As {@link #refresh(Object, Loader, Predicate)}, storing whatever {@code loader} returns. */
    public <E extends Exception> @Nullable V refresh(K key, Loader<? extends V, E> loader) throws E {
        return refresh(key, loader, value -> true);
    }

    /**
     * Has {@code loader} compute the value of {@code key} anew, and stores it, be there one or not. This is neither a
     * hit nor a miss. Of what is computed at the same time, that stays which began last. Two round trips.
     *
     * @param storeIf tells of a result whether it is to be stored; if not, what was stored before stays
     * @throws E if the loader does; what was stored before then stays
     */
    public <E extends Exception> @Nullable V refresh(
            K key, Loader<? extends V, E> loader, Predicate<? super @Nullable V> storeIf) throws E {
        requireNonNull(loader, "loader must not be null");
        Call<V> call = new Call<>(state, state.fields().of(key), Mode.REFRESH, Thread.currentThread());
        Call.Load<V> load = (Call.Load<V>) call.next();
        return load(call, load, loader, storeIf);
    }

    private static <V, E extends Exception> @Nullable V load(
            Call<V> call, Call.Load<V> load, Loader<? extends V, E> loader, Predicate<? super @Nullable V> storeIf)
            throws E {
        V value;
        try {
            value = loader.load();
        } catch (Throwable e) {
            call.failed(load, e);
            throw e;
        }
        call.loaded(load, value, storeIf);
        return value;
    }

    /** Computes an entry that ends soon on another thread, unless somebody does already. */
    private void computeAhead(byte[] field, Loader<? extends V, ?> loader, Predicate<? super @Nullable V> storeIf) {
        Ahead.begin(
                state,
                field,
                ended -> HandOver.execute(state.executor(), () -> {
                    Call<V> call = new Call<>(state, field, Mode.AHEAD, Thread.currentThread());
                    try {
                        if (call.next() instanceof Call.Load<V> load && load.turn() != null) {
                            load(call, load, loader, storeIf);
                        }
                        ended.accept(null);
                    } catch (Throwable e) {
                        ended.accept(e);
                    }
                }));
    }

    /**
     * Stores {@code value}, whatever there is. What is being computed for the same key is not stored any more. One
     * round trip.
     *
     * @throws NullPointerException if the value is null, and the cache stores no nulls
     * @throws UnencodableValueException if it has no JSON
     */
    public void put(K key, @Nullable V value) {
        byte[] field = state.fields().of(key);
        if (value == null && !state.mayBeNull()) {
            throw new NullPointerException("%s stores no null: set nullTtl in its options".formatted(this));
        }
        Duration life = state.entries().life(value == null);
        byte[] json = state.encode(value);
        state.entries().put(field, json, life);
    }

    /** Removes the entry of {@code key}, and has nothing stored for it that was begun before. One round trip. */
    public void evict(K key) {
        evictIfPresent(key);
    }

    /**
     * Returns what does {@link #evict} for the key as it is now, whatever becomes of it until that is run.
     *
     * @throws UnencodableValueException if the key has no JSON
     */
    public Runnable eviction(K key) {
        byte[] field = state.fields().of(key);
        return () -> state.entries().evict(field);
    }

    /** As {@link #evict}, and tells whether there was one. */
    boolean evictIfPresent(K key) {
        return state.entries().evict(state.fields().of(key));
    }

    /**
     * Removes all entries, has nothing stored that was begun before, and counts from 0 again. One round trip, whatever
     * the size.
     */
    public void clear() {
        state.entries().clear();
        state.counters().reset();
    }

    /** Counts and reports that something was not done, which callers are not to know. */
    void doWithoutRedis(RuntimeException failure) {
        state.counters().failure();
        state.entries().complain(failure);
    }

    /** What this process has counted, and how many entries there are. One round trip. */
    public CacheInfo info() {
        return state.counters().info(state.entries().size());
    }

    /** The failure of another call of this cache, whose loaders all fail in the same ways. */
    @SuppressWarnings("unchecked") // see above
    private static <E extends Exception> E same(Throwable failure) {
        return (E) failure;
    }

    @Override
    public String toString() {
        return "RedisCache " + state.entries().hash();
    }
}
