package io.pottery;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.cache.Arguments;
import io.pottery.cache.CacheFigures;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.CachedBiFunction;
import io.pottery.cache.CachedFunction;
import io.pottery.cache.CachedSupplier;
import io.pottery.cache.Caches;
import io.pottery.cache.RedisCache;
import io.pottery.codec.Codec;
import io.pottery.codec.JsonCodecs;
import io.pottery.collection.CachedOrderedDict;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.error.PotteryException;
import io.pottery.id.NextId;
import io.pottery.id.NextIdOptions;
import io.pottery.id.NextIds;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.ObservedMaster;
import io.pottery.internal.redis.SystemTimer;
import io.pottery.internal.redis.TemporaryKeys;
import io.pottery.internal.redis.Timer;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.TemporaryKey;
import io.pottery.lock.FencedValue;
import io.pottery.lock.LeaseInfo;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.lock.Redlocks;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.Queues;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.BloomFilterOptions;
import io.pottery.sketch.HyperLogLog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes every object of Pottery from its name: begin here.
 *
 * <p>What it makes are cheap handles. Two with the same name are the same container, in this process or another; making
 * one sends nothing to Redis, except that a {@link CachedOrderedDict} reads its keys. The factory works on the
 * connections that the application has, starts no thread but a timer while there is something to do later, and needs no
 * closing. Locks, ids and queues have connections of their own.
 *
 * <p>A name is 1 to 512 bytes of printable Unicode and becomes the key in Redis as it is, behind the prefix. Do not
 * begin names with {@code pottery:}, because Python Pottery deletes such keys when it collects garbage.
 */
public final class PotteryFactory {

    private final Keyspace keyspace;
    private final JsonCodecs codecs;
    private final JsonCodecs own;
    private final Supplier<Codec<BloomFilterOptions>> filterOptions;
    private final InefficientAccessListener listener;
    private final Caches caches;
    private final Supplier<Queues> queues;
    private final Supplier<RedisMasters> masters;
    private final Supplier<RedisMasters> idMasters;
    private final Supplier<Redlocks> locks;
    private final Supplier<NextIds> ids;

    private PotteryFactory(Builder builder) {
        Timer timer = new SystemTimer();
        this.keyspace =
                new Keyspace(builder.connections, builder.keyPrefix, new TemporaryKeys(timer), builder.batching);
        this.masters = builder.masters == null
                ? SingletonSupplier.of(() -> RedisMasters.only(builder.connections))
                : SingletonSupplier.of(builder.masters);
        this.idMasters = builder.idMasters == null ? masters : SingletonSupplier.of(builder.idMasters);
        Supplier<Quorum> quorum = SingletonSupplier.of(() -> quorum(masters.get(), timer, builder.observations));
        this.locks =
                SingletonSupplier.of(() -> new Redlocks(quorum.get(), timer, builder.executor, builder.observations));
        this.ids = SingletonSupplier.of(() -> new NextIds(
                idMasters == masters ? quorum.get() : quorum(idMasters.get(), timer, builder.observations),
                timer,
                builder.executor));
        this.own = JsonCodecs.ofClassPath();
        this.codecs = builder.codecs == null ? own : builder.codecs;
        this.filterOptions = SingletonSupplier.of(() -> own.of(BloomFilterOptions.class));
        this.caches = new Caches(keyspace, builder.connections, own, timer, builder.executor, builder.figures::cache);
        this.queues =
                SingletonSupplier.of(() -> new Queues(keyspace, builder.connections, timer, builder.figures::queue));
        this.listener = builder.listener;
    }

    private static Quorum quorum(RedisMasters masters, Timer timer, ObservationRegistry observations) {
        return new Quorum(ObservedMaster.each(masters.list(), observations), timer);
    }

    /** Creates a factory on the Redis behind {@code connections}. */
    public static PotteryFactory create(RedisConnectionFactory connections) {
        return builder(connections).build();
    }

    /** Begins a factory on the Redis behind {@code connections} that differs from the defaults. */
    public static Builder builder(RedisConnectionFactory connections) {
        return new Builder(connections);
    }

    /** Opens the map called {@code name}. */
    public <K, V> RedisDict<K, V> dict(String name, Class<K> keyType, Class<V> valueType) {
        return dict(name, json(keyType), json(valueType));
    }

    /** Opens the map called {@code name}, for types that a class cannot describe. */
    public <K, V> RedisDict<K, V> dict(String name, Codec<K> keys, Codec<V> values) {
        return new RedisDict<>(keyspace.key(DataType.HASH, name), keys, values, listener);
    }

    /** Opens the set called {@code name}. */
    public <E> RedisSet<E> set(String name, Class<E> elementType) {
        return set(name, json(elementType));
    }

    /** Opens the set called {@code name}, for types that a class cannot describe. */
    public <E> RedisSet<E> set(String name, Codec<E> elements) {
        return new RedisSet<>(keyspace.key(DataType.SET, name), elements, listener);
    }

    /** Opens the list called {@code name}. */
    public <E> RedisList<E> list(String name, Class<E> elementType) {
        return list(name, json(elementType));
    }

    /** Opens the list called {@code name}, for types that a class cannot describe. */
    public <E> RedisList<E> list(String name, Codec<E> elements) {
        return new RedisList<>(keyspace.key(DataType.LIST, name), elements, listener);
    }

    /** Opens the deque called {@code name}, without a maximum length. */
    public <E> RedisDeque<E> deque(String name, Class<E> elementType) {
        return deque(name, json(elementType));
    }

    /** Opens the deque called {@code name}, which has at most {@code maxLength} elements: what is more falls off. */
    public <E> RedisDeque<E> deque(String name, Class<E> elementType, int maxLength) {
        return deque(name, elementType).withMaxLength(maxLength);
    }

    /** Opens the deque called {@code name}, for types that a class cannot describe; see {@code withMaxLength}. */
    public <E> RedisDeque<E> deque(String name, Codec<E> elements) {
        return new RedisDeque<>(keyspace.key(DataType.LIST, name), elements, listener);
    }

    /** Opens the counter called {@code name}. */
    public <E> RedisCounter<E> counter(String name, Class<E> elementType) {
        return counter(name, json(elementType));
    }

    /** Opens the counter called {@code name}, for elements that a class cannot describe. */
    public <E> RedisCounter<E> counter(String name, Codec<E> elements) {
        return new RedisCounter<>(
                keyspace.key(DataType.HASH, name), elements, own.of(Long.class), own.of(Double.class), listener);
    }

    /** Looks {@code keys} up in the cache called {@code name}, whose values end 60 seconds after the last was put. */
    public <K, V> CachedOrderedDict<K, V> cachedOrderedDict(
            String name, Class<K> keyType, Class<V> valueType, Collection<? extends K> keys) {
        return cachedOrderedDict(name, keyType, valueType, keys, CachedOrderedDict.DEFAULT_TIMEOUT);
    }

    /**
     * Looks {@code keys} up in the cache called {@code name}, whose values end {@code timeout} after the last was put.
     */
    public <K, V> CachedOrderedDict<K, V> cachedOrderedDict(
            String name, Class<K> keyType, Class<V> valueType, Collection<? extends K> keys, Duration timeout) {
        return cachedOrderedDict(name, json(keyType), json(valueType), keys, timeout);
    }

    /** Looks {@code keys} up in the cache called {@code name}, for types that a class cannot describe. */
    public <K, V> CachedOrderedDict<K, V> cachedOrderedDict(
            String name, Codec<K> keyCodec, Codec<V> valueCodec, Collection<? extends K> keys, Duration timeout) {
        return new CachedOrderedDict<>(keyspace.key(DataType.HASH, name), keyCodec, valueCodec, keys, timeout);
    }

    /** Opens the cache called {@code name}, which ends 60 seconds after the last access. */
    public <K, V> RedisCache<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
        return cache(name, keyType, json(valueType), CacheOptions.defaults());
    }

    /**
     * Opens the cache called {@code name}, which keeps its entries as {@code options} say.
     *
     * @throws PotteryException if entries are to be kept near, and Caffeine or Lettuce is missing
     */
    public <K, V> RedisCache<K, V> cache(String name, Class<K> keyType, Codec<V> values, CacheOptions options) {
        requireNonNull(keyType, "keyType must not be null");
        return caches.named(name, values, requireNonNull(options, "options must not be null"));
    }

    /** Remembers the results of {@code function} in the cache called {@code name}. */
    public <K, V> CachedFunction<K, V> cached(
            String name,
            Class<K> argumentType,
            Class<V> resultType,
            Function<? super K, ? extends @Nullable V> function) {
        return CachedFunction.of(cache(name, argumentType, resultType), function);
    }

    /** Remembers the results of {@code function} in the cache called {@code name}. */
    public <A, B, V> CachedBiFunction<A, B, V> cached(
            String name,
            Class<A> firstType,
            Class<B> secondType,
            Class<V> resultType,
            BiFunction<? super A, ? super B, ? extends @Nullable V> function) {
        requireNonNull(firstType, "firstType must not be null");
        requireNonNull(secondType, "secondType must not be null");
        return CachedBiFunction.of(cache(name, Arguments.class, resultType), function);
    }

    /** Remembers the result of {@code supplier} in the cache called {@code name}. */
    public <V> CachedSupplier<V> cached(String name, Class<V> resultType, Supplier<? extends @Nullable V> supplier) {
        return CachedSupplier.of(cache(name, Arguments.class, resultType), supplier);
    }

    /** Opens the queue called {@code name}, without a capacity. */
    public <E> RedisSimpleQueue<E> queue(String name, Class<E> elementType) {
        return queue(name, json(elementType), QueueOptions.defaults());
    }

    /**
     * Opens the queue called {@code name}, for elements that a class cannot describe, or to use it as {@code options}
     * say.
     */
    public <E> RedisSimpleQueue<E> queue(String name, Codec<E> elements, QueueOptions options) {
        return queues.get().named(name, elements, requireNonNull(options, "options must not be null"), listener);
    }

    /** Opens the Bloom filter called {@code name}, for {@code numElements} with {@code falsePositives} among others. */
    public <E> BloomFilter<E> bloomFilter(String name, Class<E> elementType, long numElements, double falsePositives) {
        return bloomFilter(name, json(elementType), new BloomFilterOptions(numElements, falsePositives));
    }

    /** Opens the Bloom filter called {@code name}, for elements that a class cannot describe. */
    public <E> BloomFilter<E> bloomFilter(String name, Codec<E> elements, BloomFilterOptions options) {
        return new BloomFilter<>(keyspace.key(DataType.STRING, name), elements, options, filterOptions.get(), listener);
    }

    /** Opens the HyperLogLog called {@code name}. */
    public <E> HyperLogLog<E> hyperLogLog(String name, Class<E> elementType) {
        return hyperLogLog(name, json(elementType));
    }

    /** Opens the HyperLogLog called {@code name}, for elements that a class cannot describe. */
    public <E> HyperLogLog<E> hyperLogLog(String name, Codec<E> elements) {
        return new HyperLogLog<>(keyspace.key(DataType.STRING, name), elements);
    }

    /**
     * Makes up the name of a key that is deleted when it is closed, and that ends by itself if the process dies before.
     * One round trip, to see that there is no such key; while such keys are open, a daemon thread of this factory
     * renews them.
     */
    public TemporaryKey temporaryKey() {
        return new TemporaryKey(keyspace.temporaryKey());
    }

    /** The lock called {@code name}, with leases of 10 seconds. */
    public Redlock redlock(String name) {
        return redlock(name, RedlockOptions.defaults());
    }

    /**
     * The lock called {@code name}, taken and held as {@code options} say.
     *
     * @throws PotteryException if there are no {@link Builder#masters masters}, and the application's Redis is not
     *     reached through Lettuce
     */
    public Redlock redlock(String name, RedlockOptions options) {
        return locks.get().named(keyspace.nameOnMasters(name), requireNonNull(options, "options must not be null"));
    }

    /** The sequence of ids called {@code name}, in order everywhere. */
    public NextId nextId(String name) {
        return nextId(name, NextIdOptions.defaults());
    }

    /**
     * The sequence of ids called {@code name}, had as {@code options} say.
     *
     * @throws PotteryException if there are no {@link Builder#masters masters}, and the application's Redis is not
     *     reached through Lettuce
     */
    public NextId nextId(String name, NextIdOptions options) {
        return ids.get().named(keyspace.nameOnMasters(name), requireNonNull(options, "options must not be null"));
    }

    /** The value called {@code name}, in the application's Redis, which only the latest lease of a lock may change. */
    public <V> FencedValue<V> fencedValue(String name, Class<V> type) {
        return fencedValue(name, json(type));
    }

    /** The value called {@code name}, for types that a class cannot describe. */
    public <V> FencedValue<V> fencedValue(String name, Codec<V> codec) {
        return new FencedValue<>(keyspace.key(DataType.HASH, name), codec);
    }

    /**
     * The masters that decide about locks: those that the factory was given, or the application's Redis.
     *
     * @throws PotteryException if it was given none, and the application's Redis is not reached through Lettuce
     */
    public RedisMasters masters() {
        return masters.get();
    }

    /**
     * The masters that decide about ids, which are those of the locks unless the factory was given others.
     *
     * @throws PotteryException if it was given none, and the application's Redis is not reached through Lettuce
     */
    public RedisMasters idMasters() {
        return idMasters.get();
    }

    /**
     * The leases that this process holds through this factory now, but for those that were dropped without a release.
     *
     * @throws PotteryException if there are no masters, as of {@link #masters()}
     */
    public List<LeaseInfo> leases() {
        return locks.get().leases();
    }

    /** What this process has counted for the caches of this factory, by their labels; see {@link FigureListener}. */
    public Map<String, CacheFigures> caches() {
        return caches.figures();
    }

    /** A codec for {@code type}, which writes the JSON described in docs/wire-format.md. */
    public <T> Codec<T> json(Class<T> type) {
        return codecs.of(type);
    }

    /** A codec for a generic type: {@code pottery.json(new ParameterizedTypeReference<List<Order>>() {})}. */
    public <T> Codec<T> json(ParameterizedTypeReference<T> type) {
        return codecs.of(type);
    }

    /** What a factory may be told before it is made. */
    public static final class Builder {

        private final RedisConnectionFactory connections;
        private String keyPrefix = "";
        private InefficientAccessListener listener = InefficientAccessListener.ignore();
        private @Nullable JsonCodecs codecs;
        private @Nullable RedisMasters masters;
        private @Nullable RedisMasters idMasters;
        private ObservationRegistry observations = ObservationRegistry.NOOP;
        private FigureListener figures = FigureListener.none();
        private boolean batching = true;
        private Executor executor = ForkJoinPool.getCommonPoolParallelism() > 0
                ? ForkJoinPool.commonPool()
                : new CompletableFuture<>().defaultExecutor();

        private Builder(RedisConnectionFactory connections) {
            this.connections = requireNonNull(connections, "connections must not be null");
        }

        /** Puts {@code keyPrefix} before every name; empty by default. */
        public Builder keyPrefix(String keyPrefix) {
            this.keyPrefix = requireNonNull(keyPrefix, "keyPrefix must not be null");
            return this;
        }

        /** Maps objects to JSON with {@code codecs}; with {@link JsonCodecs#ofClassPath()} by default. */
        public Builder codecs(JsonCodecs codecs) {
            this.codecs = requireNonNull(codecs, "codecs must not be null");
            return this;
        }

        /** Tells {@code listener} of calls that read or move a whole container; nobody by default. */
        public Builder inefficientAccess(InefficientAccessListener listener) {
            this.listener = requireNonNull(listener, "listener must not be null");
            return this;
        }

        /**
         * Whether calls of many threads on one container travel together, when there are so many that they would wait
         * for one another; they do by default.
         */
        public Builder batching(boolean batching) {
            this.batching = batching;
            return this;
        }

        /**
         * Has a majority of {@code masters} decide about locks and ids; by default, the application's Redis alone does.
         */
        public Builder masters(RedisMasters masters) {
            this.masters = requireNonNull(masters, "masters must not be null");
            return this;
        }

        /** Has a majority of {@code masters} decide about ids; by default, those do that decide about locks. */
        public Builder idMasters(RedisMasters masters) {
            this.idMasters = requireNonNull(masters, "masters must not be null");
            return this;
        }

        /** Completes futures and runs listeners on {@code executor}; by default on the common pool. */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor must not be null");
            return this;
        }

        /**
         * Has waiting for locks, holding them and asking masters observed; nobody observes by default. See
         * {@link io.pottery.observation}.
         */
        public Builder observations(ObservationRegistry registry) {
            this.observations = requireNonNull(registry, "registry must not be null");
            return this;
        }

        /** Tells {@code listener} of caches and queues whose figures can be watched; nobody by default. */
        public Builder figures(FigureListener listener) {
            this.figures = new GuardedListener(requireNonNull(listener, "listener must not be null"));
            return this;
        }

        /** Makes the factory; sends nothing. */
        public PotteryFactory build() {
            return new PotteryFactory(this);
        }
    }
}
