package io.pottery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.cache.CacheInfo;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.collection.CachedOrderedDict;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.collection.Slice;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.id.NextId;
import io.pottery.id.NextIdOptions;
import io.pottery.internal.redis.Keyspace;
import io.pottery.key.TemporaryKey;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.FencedValue;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.queue.Delivery;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.HyperLogLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Uses all that containers can do, each command once or more; for every client and every kind of Redis. */
public final class Walkthrough {

    private Walkthrough() {}

    /** {@code one} and {@code other} may lie in different slots of a cluster. */
    public static void useSets(PotteryFactory pottery, String one, String other) {
        RedisSet<Integer> set = pottery.set(one, Integer.class);
        RedisSet<Integer> second = pottery.set(other, Integer.class);
        set.addAll(numbers(0, 3_000));
        second.addAll(numbers(2_000, 5_000));
        assertThat(set.union(second)).isEqualTo(Set.copyOf(numbers(0, 5_000)));
        assertThat(set.intersection(second)).isEqualTo(Set.copyOf(numbers(2_000, 3_000)));
        assertThat(set.difference(second)).isEqualTo(Set.copyOf(numbers(0, 2_000)));
        assertThat(set.symmetricDifference(second)).hasSize(4_000);
        assertThat(set.isDisjoint(second)).isFalse();
        assertThat(set.isSubsetOf(second)).isFalse();
        assertThat(set.equals(second)).isFalse();
        assertThat(set.containsMany(List.of(1, 4_000))).containsExactly(true, false);
        assertThat(set.containsMany(numbers(0, 3_000))).hasSize(3_000).containsOnly(true);
        assertThat(set.addAll(second)).isTrue();
        assertThat(set.isSupersetOf(second)).isTrue();
        assertThat(set.retainAll(second)).isTrue();
        assertThat(set.equals(second)).isTrue();
        assertThat(second.differenceInto(second, set)).isZero();
        assertThat(set.unionInto(second, List.of(-1))).isEqualTo(3_001);
        assertThat(set.symmetricDifferenceInto(second, second)).isEqualTo(1);
        assertThat(second).containsExactly(-1);
        assertThat(set.removeAll(numbers(2_500, 6_000))).isTrue();
        assertThat(set.retainAll(numbers(0, 2_100))).isTrue();
        assertThat(set.removeIf(element -> element > 2_001)).isTrue();
        assertThat(set.iterator()).toIterable().containsExactlyInAnyOrder(2_000, 2_001);
        assertThat(set.contains(set.randomElement())).isTrue();
        assertThat(set.remove(2_000)).isTrue();
        assertThat(set.pollRandom()).isEqualTo(2_001);
        assertThat(set.pollRandom()).isNull();
        set.populate(List.of(1));
        assertThatExceptionOfType(KeyExistsException.class).isThrownBy(() -> set.populate(List.of(2)));
        assertThat(set).hasToString("[1]");
        set.clear();
        assertThat(set).isEmpty();
    }

    public static void useLists(PotteryFactory pottery, String name) {
        RedisList<Integer> list = pottery.list(name, Integer.class);
        list.addAll(numbers(0, 3_000));
        assertThat(list.toList()).isEqualTo(numbers(0, 3_000));
        assertThat(List.copyOf(list)).isEqualTo(numbers(0, 3_000));
        list.add(1_500, -1);
        assertThat(list.get(1_500)).isEqualTo(-1);
        assertThat(list.set(1_500, -2)).isEqualTo(-1);
        assertThat(list.remove(1_500)).isEqualTo(-2);
        assertThat(list.at(-1)).isEqualTo(2_999);
        assertThat(list.indexOf(7)).isEqualTo(7);
        assertThat(list.lastIndexOf(7)).isEqualTo(7);
        assertThat(list.contains(-5)).isFalse();
        assertThat(list.slice(Slice.all().step(-1_000))).containsExactly(2_999, 1_999, 999);
        list.setSlice(Slice.of(10, 2_990), List.of(10, 11));
        list.deleteSlice(Slice.from(-10));
        assertThat(list).isEqualTo(numbers(0, 12));
        list.reverse();
        list.sort(Comparator.naturalOrder());
        assertThat(list.removeIf(element -> element > 9)).isTrue();
        assertThat(list.removeAll(List.of(1, 2))).isTrue();
        assertThat(list.retainAll(List.of(3, 4, 5))).isTrue();
        assertThat(list.remove((Object) 4)).isTrue();
        assertThat(list).hasToString("[3, 5]");
        list.clear();

        RedisDeque<Integer> deque = pottery.deque(name, Integer.class, 3);
        deque.addAll(numbers(0, 5));
        deque.addFirst(1);
        assertThat(deque).containsExactly(1, 2, 3);
        deque.rotate(1);
        assertThat(deque.pollLast()).isEqualTo(2);
        assertThat(deque.pollFirst()).isEqualTo(3);
        pottery.deque(name, Integer.class).addAllFirst(List.of(2, 3, 4));
        assertThat(deque.descendingIterator()).toIterable().containsExactly(1, 2, 3, 4);
        assertThatIllegalStateException().isThrownBy(() -> deque.add(1)).withMessageContainingAll(name, "4", "3");
        deque.clear();
    }

    public static void useCaches(PotteryFactory pottery, String name) {
        for (CacheOptions options : List.of(
                CacheOptions.defaults(),
                CacheOptions.defaults().withoutTimeout(),
                CacheOptions.ofTtl(Duration.ofMinutes(5)).withSync().withNullTtl(Duration.ofMinutes(1)))) {
            RedisCache<Integer, String> cache = pottery.cache(name, Integer.class, pottery.json(String.class), options);
            assertThat(cache.getIfPresent(1)).isNull();
            assertThat(cache.get(1, () -> "one")).isEqualTo("one");
            assertThat(cache.get(1, () -> "no")).isEqualTo("one");
            assertThat(cache.refresh(1, () -> "uno")).isEqualTo("uno");
            cache.put(2, "two");
            assertThat(cache.async().get(2, () -> null).join()).isEqualTo("two");
            assertThat(cache.info()).isEqualTo(new CacheInfo(2, 0, 2, 0, 0, 2));
            assertThat(cache.get(3, () -> {
                        cache.evict(3);
                        return "three";
                    }))
                    .isEqualTo("three");
            assertThat(cache.getIfPresent(3)).isNull();
            cache.evict(1);
            assertThat(cache.getIfPresent(1)).isNull();
            cache.clear();
            assertThat(cache.info().size()).isZero();
        }
    }

    public static void useNearCaches(PotteryFactory pottery, String name) {
        CacheOptions options = CacheOptions.defaults().withNear(10);
        RedisCache<Integer, String> cache = pottery.cache(name, Integer.class, pottery.json(String.class), options);
        RedisCache<Integer, String> elsewhere = pottery.cache(name, Integer.class, String.class);
        elsewhere.put(1, "one");
        await().until(() -> "one".equals(cache.getIfPresent(1)) && cache.info().nearHits() > 0);
        elsewhere.put(1, "uno");
        await().until(() -> "uno".equals(cache.getIfPresent(1)));
        cache.clear();
    }

    public static void useCounters(PotteryFactory pottery, String name) {
        RedisCounter<String> counter = pottery.counter(name, String.class);
        counter.addAll(List.of("a", "b", "a"));
        assertThat(counter.increment("a")).isEqualTo(3);
        assertThat(counter.decrement("b", 2)).isEqualTo(-1);
        assertThat(counter.increment("b", 2)).isEqualTo(1);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counter.increment("a", Long.MAX_VALUE))
                .withMessageContaining(name);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counter.addAll(Map.of("c", 1L, "a", Long.MAX_VALUE)));
        counter.subtract(Map.of("b", 3L));
        assertThat(counter.toMap()).isEqualTo(Map.of("a", 3L, "b", -2L));
        counter.plusInPlace(Map.of("c", 1L));
        assertThat(counter.mostCommon()).containsExactly(Map.entry("a", 3L), Map.entry("c", 1L));
        assertThat(counter.total()).isEqualTo(4);
        counter.clear();
        counter.put("f", 1L);
        pottery.dict(name, String.class, Double.class).put("f", 3.0);
        assertThat(counter.increment("f")).isEqualTo(4);
        counter.clear();

        CachedOrderedDict<Integer, String> cached =
                pottery.cachedOrderedDict(name, Integer.class, String.class, List.of(2, 1, 3));
        cached.hydrate(misses -> Map.of(1, "one", 2, "two"));
        assertThat(cached.timeToLive()).isPresent();
        assertThat(cached.putIfAbsent(3, "three")).isNull();
        assertThat(pottery.cachedOrderedDict(name, Integer.class, String.class, List.of(3, 4, 1)))
                .containsExactly(Map.entry(3, "three"), Map.entry(1, "one"));
        cached.clear();
    }

    public static void useSketches(PotteryFactory pottery, String name) {
        BloomFilter<Integer> filter = pottery.bloomFilter(name, Integer.class, 5_000, 0.001);
        BloomFilter<Integer> second = pottery.bloomFilter("{" + name + "}sketch", Integer.class, 5_000, 0.001);
        assertThat(filter.add(-1)).isTrue();
        assertThat(filter.addAll(numbers(0, 3_000))).isTrue();
        assertThat(filter.mightContain(-1)).isTrue();
        assertThat(filter.containsMany(numbers(-1, 3_000))).hasSize(3_001).containsOnly(true);
        assertThat(filter.approximateSize()).isBetween(2_950L, 3_050L);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() ->
                        pottery.bloomFilter(name, Integer.class, 5_000, 0.01).add(1))
                .withMessageContainingAll("falsePositives=0.001", "falsePositives=0.01:");
        second.populate(List.of(7));
        second.uniteWith(filter);
        assertThat(second.containsMany(numbers(-1, 3_000))).containsOnly(true);
        assertThat(second.expire(Duration.ofHours(1))).isTrue();
        second.intersectWith(filter);
        assertThat(second.timeToLive()).isPresent();
        assertThat(second.persist()).isTrue();
        second.clear();
        filter.clear();
        assertThat(filter.approximateSize()).isZero();

        HyperLogLog<Integer> counted = pottery.hyperLogLog(name, Integer.class);
        HyperLogLog<Integer> other = pottery.hyperLogLog("{" + name + "}sketch", Integer.class);
        assertThat(counted.addAll(numbers(0, 3_000))).isTrue();
        assertThat(counted.containsMany(numbers(0, 3_000))).containsOnly(true);
        other.populate(List.of(1, 2, -1));
        assertThat(other.count()).isEqualTo(3);
        assertThat(other.countWith(counted)).isBetween(2_940L, 3_060L);
        assertThat(other.mergeWith(counted)).isEqualTo(other.count());
        assertThat(counted.unionInto(other)).isEqualTo(counted.count());
        other.clear();
        counted.clear();
    }

    /** All that needs no waiting. */
    public static void useQueues(PotteryFactory pottery, String name) throws InterruptedException {
        String dead = "{" + name + "}dead";
        RedisSimpleQueue<Integer> queue = pottery.queue(name, Integer.class);
        RedisSimpleQueue<Integer> bounded = pottery.queue(
                name,
                pottery.json(Integer.class),
                QueueOptions.defaults().withCapacity(3).withDeadLetters(dead, 1));
        assertThat(queue.poll()).isNull();
        assertThat(queue.addAll(numbers(0, 3_000))).isTrue();
        assertThat(queue.size()).isEqualTo(3_000);
        assertThat(bounded.offer(-1)).isFalse();
        assertThat(queue.drainTo(new ArrayList<>(), 2_998)).isEqualTo(2_998);
        assertThat(bounded.offer(3_000)).isTrue();
        assertThat(queue.toList()).containsExactly(2_998, 2_999, 3_000);
        assertThat(queue.contains(2_999)).isTrue();
        assertThat(queue.remove(2_999)).isTrue();
        assertThat(queue.removeIf(element -> element == 3_000)).isTrue();
        queue.put(1);
        try (Delivery<Integer> delivery = queue.receive(Duration.ZERO).orElseThrow()) {
            assertThat(delivery.element()).isEqualTo(2_998);
        }
        assertThat(queue.peek()).isEqualTo(2_998);
        Delivery<Integer> again = bounded.receive(Duration.ZERO).orElseThrow();
        assertThat(again.deliveryCount()).isEqualTo(2);
        assertThat(again.nack()).isTrue();
        assertThat(pottery.queue(dead, Integer.class).poll()).isEqualTo(2_998);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.expire(Duration.ofHours(1))).isTrue();
        queue.clear();
        assertThat(queue).isEmpty();
    }

    /** Waiting, and being woken. */
    public static void waitForElements(PotteryFactory pottery, String name) throws Exception {
        RedisSimpleQueue<Integer> queue = pottery.queue(
                name, pottery.json(Integer.class), QueueOptions.defaults().withCapacity(1));
        assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
        FutureTask<Integer> taker = new FutureTask<>(queue::take);
        new Thread(taker).start();
        queue.put(1);
        assertThat(taker.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        queue.put(2);
        FutureTask<Boolean> putter = new FutureTask<>(() -> queue.offer(3, 10, TimeUnit.SECONDS));
        new Thread(putter).start();
        await().until(() -> queue.redis().hasKey(Keyspace.beside(queue.key(), "full")));
        assertThat(queue.take()).isEqualTo(2);
        assertThat(putter.get()).isTrue();
        assertThat(queue.poll(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    public static void useTemporaryKeys(PotteryFactory pottery) {
        TemporaryKey key = pottery.temporaryKey();
        RedisSet<Integer> set = pottery.set(key.name(), Integer.class);
        set.addAll(numbers(0, 3_000));
        assertThat(set.timeToLive()).isPresent();
        assertThat(set).hasSize(3_000);
        key.close();
        assertThat(pottery.set(key.name() + "x", Integer.class)).isEmpty();
        assertThatExceptionOfType(PotteryException.class).isThrownBy(set::size).withMessageContaining("closed");
    }

    public static void useLocks(PotteryFactory pottery, String name) throws Exception {
        Redlock lock = pottery.redlock(name);
        FencedValue<Integer> value = pottery.fencedValue(name + "value", Integer.class);
        CompletableFuture<Void> waiter;
        try (Lease lease = lock.acquire()) {
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.tryAcquire()).isEmpty();
            waiter = lock.async().acquire().thenCompose(AsyncLease::close);
            lease.extend();
            value.set(lease.fencingToken(), 1);
        }
        waiter.get(10, TimeUnit.SECONDS);
        assertThat(lock.isLocked()).isFalse();
        assertThat(value.get()).contains(1);
        lock.asLock().lock();
        lock.asLock().unlock();
        assertThat(pottery.masters().info().quorum()).isTrue();
    }

    public static void useIds(PotteryFactory pottery, String name) throws Exception {
        NextId ids = pottery.nextId(name);
        assertThat(ids.nextLong()).isEqualTo(1);
        assertThat(ids.next(3).stream()).containsExactly(2L, 3L, 4L);
        assertThat(ids.async().next().get(10, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(pottery.nextId(name, NextIdOptions.defaults().withBlock(10)).nextLong())
                .isEqualTo(6);
        ids.reset();
        assertThat(ids.nextLong()).isEqualTo(1);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toList());
    }
}
