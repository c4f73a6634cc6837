package io.pottery.benchmarks;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Who is compared. */
public enum Library {
    POTTERY(PotteryLocks::patient, PotteryIds::new, PotteryResults::new, PotteryFilters::new, PotteryQueues::new),
    REDISSON(RedissonLocks::new, RedissonIds::new, RedissonResults::new, RedissonFilters::new, RedissonQueues::new),
    /** Lettuce and the commands that one cannot do without: what there is to reach. */
    LETTUCE(
            LettuceLocks::new,
            (uris, name, block) -> new LettuceIds(uris, name),
            (uri, name, kind) -> new LettuceResults(uri, name),
            LettuceFilters::new,
            LettuceQueues::new),
    /** The cache of Spring Data Redis. */
    SPRING(
            uris -> none(),
            (uris, name, block) -> none(),
            SpringResults::new,
            (uri, name, elements, falsePositives) -> none(),
            (uri, name) -> none());

    private final Function<List<String>, Locks> locks;
    private final Sequences ids;
    private final Caches caches;
    private final Sketches filters;
    private final BiFunction<String, String, Queues> queues;

    Library(
            Function<List<String>, Locks> locks,
            Sequences ids,
            Caches caches,
            Sketches filters,
            BiFunction<String, String, Queues> queues) {
        this.locks = locks;
        this.ids = ids;
        this.caches = caches;
        this.filters = filters;
        this.queues = queues;
    }

    private static <T> T none() {
        throw new UnsupportedOperationException("It has none");
    }

    /** Opens the locks on the masters at {@code uris}. */
    Locks open(List<String> uris) {
        return locks.apply(uris);
    }

    /**
     * Opens the sequence {@code name} on the masters at {@code uris}, from which {@code block} ids are taken at once.
     */
    Ids open(List<String> uris, String name, int block) {
        return ids.open(uris, name, block);
    }

    /** Opens the cache {@code name} on the server at {@code uri}. */
    Results open(String uri, String name, Results.Kind kind) {
        return caches.open(uri, name, kind);
    }

    /** Opens the Bloom filter {@code name} for {@code elements} on the server at {@code uri}. */
    Filters open(String uri, String name, int elements, double falsePositives) {
        return filters.open(uri, name, elements, falsePositives);
    }

    /** Opens the queue {@code name} on the server at {@code uri}. */
    Queues open(String uri, String name) {
        return queues.apply(uri, name);
    }

    /** Where results are remembered. */
    private interface Caches {
        Results open(String uri, String name, Results.Kind kind);
    }

    /** Where ids come from. */
    private interface Sequences {
        Ids open(List<String> uris, String name, int block);
    }

    /** Where elements are added. */
    private interface Sketches {
        Filters open(String uri, String name, int elements, double falsePositives);
    }
}
