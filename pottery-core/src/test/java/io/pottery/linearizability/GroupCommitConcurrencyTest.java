package io.pottery.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.internal.redis.EagerKeys;
import io.pottery.key.InefficientAccessListener;
import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.BloomFilterOptions;
import io.pottery.sketch.HyperLogLog;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.TestRedis;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Calls that travel together do what they would do alone: each takes effect at a moment while it is under way. */
class GroupCommitConcurrencyTest {

    private static final int THREADS = 64;
    private static final int TIMES = 10;
    private static final BiFunction<Integer, Random, String> ONE_OF_MANY = (i, random) -> "k" + random.nextInt(20);

    /** Where a part changes but once. */
    private static final BiFunction<Integer, Random, String> NEW_ONES = (i, random) -> "k" + (i + random.nextInt(2));

    private static final BiFunction<Integer, Random, String> WHOLE = (i, random) -> "all";

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    /** What another process has. */
    private static final LettuceConnectionFactory otherConnections = TestRedis.connect(redis.server());

    private static final PotteryFactory others = PotteryFactory.create(otherConnections);

    @AfterAll
    static void disconnect() {
        otherConnections.destroy();
    }

    @Test
    void aDictIsLinearizable() {
        new Mix<RedisDict<String, Integer>, Map<String, Integer>>(redis, THREADS, TIMES, ONE_OF_MANY)
                .of("HGET", "get", (dict, k, n) -> dict.get(k), (map, k, n) -> map.get(k))
                .of(
                        "HSET",
                        "set",
                        (dict, k, n) -> nothing(() -> dict.set(k, n)),
                        (map, k, n) -> nothing(() -> map.put(k, n)))
                .of("put", (dict, k, n) -> dict.put(k, n), (map, k, n) -> map.put(k, n))
                .of("remove", (dict, k, n) -> dict.remove(k), (map, k, n) -> map.remove(k))
                .of("putIfAbsent", (dict, k, n) -> dict.putIfAbsent(k, n), (map, k, n) -> map.putIfAbsent(k, n))
                .by(dict -> others.dict(dict.key(), String.class, Integer.class))
                .check(() -> redis.pottery().dict(TestRedis.freshKey(), String.class, Integer.class), Model.ofMap());
    }

    @Test
    void aDictIsLinearizableForThoseWhoComputeWithIt() {
        new Mix<RedisDict<String, Integer>, Map<String, Integer>>(redis, THREADS, TIMES, ONE_OF_MANY)
                .of("get", (dict, k, n) -> dict.get(k), (map, k, n) -> map.get(k))
                .of(
                        "computeIfAbsent",
                        (dict, k, n) -> dict.computeIfAbsent(k, absent -> n),
                        (map, k, n) -> map.computeIfAbsent(k, absent -> n))
                .of(
                        "compute",
                        (dict, k, n) -> dict.compute(k, (same, old) -> old == null ? n : -old),
                        (map, k, n) -> map.compute(k, (same, old) -> old == null ? n : -old))
                .of(
                        "HSET",
                        "set",
                        (dict, k, n) -> nothing(() -> dict.set(k, n)),
                        (map, k, n) -> nothing(() -> map.put(k, n)))
                .check(() -> redis.pottery().dict(TestRedis.freshKey(), String.class, Integer.class), Model.ofMap());
    }

    @Test
    void aCounterIsLinearizable() {
        new Mix<RedisCounter<String>, Map<String, Long>>(redis, THREADS, TIMES, ONE_OF_MANY)
                .of("HGET", "count", (counter, k, n) -> counter.count(k), (map, k, n) -> map.getOrDefault(k, 0L))
                .of(
                        "HINCRBY",
                        "increment",
                        (counter, k, n) -> counter.increment(k),
                        (map, k, n) -> map.merge(k, 1L, Long::sum))
                .of(
                        "HINCRBY",
                        "decrement by",
                        (counter, k, n) -> counter.decrement(k, n),
                        (map, k, n) -> map.merge(k, (long) -n, Long::sum))
                .of("remove", (counter, k, n) -> counter.remove(k), (map, k, n) -> map.remove(k))
                .check(() -> redis.pottery().counter(TestRedis.freshKey(), String.class), Model.ofMap());
    }

    @Test
    void aSetIsLinearizable() {
        new Mix<RedisSet<String>, Set<String>>(redis, THREADS, TIMES, ONE_OF_MANY)
                .of("SISMEMBER", "contains", (set, e, n) -> set.contains(e), (model, e, n) -> model.contains(e))
                .of("SADD", "add", (set, e, n) -> set.add(e), (model, e, n) -> model.add(e))
                .of("remove", (set, e, n) -> set.remove(e), (model, e, n) -> model.remove(e))
                .of(
                        "containsMany",
                        (set, e, n) -> set.containsMany(List.of(e)).get(0),
                        (model, e, n) -> model.contains(e))
                .check(() -> redis.pottery().set(TestRedis.freshKey(), String.class), Model.ofSet());
    }

    @Test
    void aBloomFilterIsLinearizable() {
        BloomFilterOptions options = new BloomFilterOptions(10_000, 0.000_001);
        new Mix<BloomFilter<String>, Set<String>>(redis, THREADS, TIMES, NEW_ONES)
                .of("EVALSHA", "mightContain", (filter, e, n) -> filter.mightContain(e), (set, e, n) -> set.contains(e))
                .of("EVALSHA", "add", (filter, e, n) -> filter.add(e), (set, e, n) -> set.add(e))
                .check(
                        () -> redis.pottery()
                                .bloomFilter(
                                        TestRedis.freshKey(), redis.pottery().json(String.class), options),
                        Model.ofSet());
    }

    @Test
    void aHyperLogLogIsLinearizable() {
        new Mix<HyperLogLog<String>, Set<String>>(redis, THREADS, TIMES, NEW_ONES)
                .of("mightContain", (counted, e, n) -> counted.mightContain(e), (set, e, n) -> set.contains(e))
                .of("PFADD", "add", (counted, e, n) -> counted.add(e), (set, e, n) -> set.add(e))
                .check(() -> redis.pottery().hyperLogLog(TestRedis.freshKey(), String.class), Model.ofSet());
    }

    @Test
    void aCacheIsLinearizable() {
        CacheOptions plain = CacheOptions.defaults().withoutTimeout().withoutFailOpen();
        long together = redis.sent("HMGET");
        new Mix<RedisCache<String, Integer>, Map<String, Integer>>(redis, THREADS, TIMES, ONE_OF_MANY)
                .of("get", (cache, k, n) -> cache.get(k, () -> n), (map, k, n) -> map.computeIfAbsent(k, absent -> n))
                .of("put", (cache, k, n) -> nothing(() -> cache.put(k, n)), (map, k, n) -> nothing(() -> map.put(k, n)))
                .of(
                        "evict",
                        (cache, k, n) -> nothing(() -> cache.evict(k)),
                        (map, k, n) -> nothing(() -> map.remove(k)))
                .check(
                        () -> redis.pottery()
                                .cache(
                                        TestRedis.freshKey(),
                                        String.class,
                                        redis.pottery().json(Integer.class),
                                        plain),
                        Model.ofMap());
        assertThat(redis.sent("HMGET")).isGreaterThan(together);
    }

    /** The index at which an element is in the end is known, so that adding can be taken to return it. */
    @Test
    void aListKeepsTheOrderInWhichItWasAddedTo() {
        new Mix<RedisList<Integer>, List<Integer>>(redis, THREADS, TIMES, WHOLE)
                .of("RPUSH", "add", (list, all, n) -> list.add(n) ? n : null, (model, all, n) -> {
                    model.add(n);
                    return model.size() - 1;
                })
                .check(() -> redis.pottery().list(TestRedis.freshKey(), Integer.class), history -> {
                    List<Integer> end = history.object().toList();
                    List<Operation<List<Integer>>> adds = history.operations().stream()
                            .map(each -> each.withResult(end.indexOf(each.result())))
                            .toList();
                    assertThat(end).hasSameSizeAs(adds);
                    return Linearizability.violation(Model.ofList(), adds);
                });
    }

    @Test
    void aDequeIsLinearizable() {
        isLinearizable("RPUSH", "LPUSH", Integer.MAX_VALUE, deque -> deque);
    }

    @Test
    void aDequeOfLimitedLengthIsLinearizable() {
        isLinearizable("EVALSHA", "EVALSHA", 3, deque -> deque.withMaxLength(3));
    }

    /** Of few threads: where each adds without being told anything, there are many ways to try. */
    private static void isLinearizable(
            String addLast, String addFirst, int maxLength, UnaryOperator<RedisDeque<Integer>> limit) {
        EagerKeys keys = new EagerKeys(redis.connections());
        new Mix<RedisDeque<Integer>, Deque<Integer>>(redis, 5, 3, WHOLE)
                .of(addLast, "addLast", (deque, all, n) -> nothing(() -> deque.addLast(n)), (model, all, n) -> {
                    model.addLast(n);
                    return model.size() > maxLength ? nothing(model::removeFirst) : null;
                })
                .of(addFirst, "addFirst", (deque, all, n) -> nothing(() -> deque.addFirst(n)), (model, all, n) -> {
                    model.addFirst(n);
                    return model.size() > maxLength ? nothing(model::removeLast) : null;
                })
                .of("pollFirst", (deque, all, n) -> deque.pollFirst(), (model, all, n) -> model.pollFirst())
                .of("pollLast", (deque, all, n) -> deque.pollLast(), (model, all, n) -> model.pollLast())
                .check(
                        () -> limit.apply(new RedisDeque<>(
                                keys.fresh(DataType.LIST),
                                redis.pottery().json(Integer.class),
                                InefficientAccessListener.ignore())),
                        history -> {
                            history.make(new Call<>("all", "toList", RedisDeque::toList, List::copyOf));
                            List<Integer> end = history.object().toList();
                            return Linearizability.violation(
                                    Model.<Integer>ofDeque().where(state -> isInOrderOf(end, state)),
                                    history.operations());
                        });
    }

    /** Whether those of {@code state} that are still there at the end stand as they do then. */
    private static boolean isInOrderOf(List<Integer> end, Deque<Integer> state) {
        List<Integer> staying = state.stream().filter(end::contains).toList();
        return staying.equals(end.stream().filter(state::contains).toList());
    }

    private static Object nothing(Runnable work) {
        work.run();
        return null;
    }
}
