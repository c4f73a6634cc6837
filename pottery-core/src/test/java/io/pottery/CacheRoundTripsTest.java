package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips that docs/guarantees.md promises for caches, counted. */
class CacheRoundTripsTest {

    private static final CacheOptions SLIDING = CacheOptions.defaults();
    private static final CacheOptions PLAIN = SLIDING.withoutTimeout();
    private static final CacheOptions TTL = CacheOptions.ofTtl(Duration.ofMinutes(10));

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    static Stream<Arguments> calls() {
        return Stream.of(
                call("plain hit", PLAIN, 1, 1, CacheRoundTripsTest::hit),
                call("sliding hit", SLIDING, 1, 3, CacheRoundTripsTest::hit),
                call("hit with a time to live", TTL, 1, 3, CacheRoundTripsTest::hit),
                call("hit that waits for others", TTL.withSync(), 1, 3, CacheRoundTripsTest::hit),
                call("look at what is there", PLAIN, 1, 3, cache -> cache.getIfPresent(1)),
                call("look at what is not there", SLIDING, 1, 3, cache -> cache.getIfPresent(-1)),
                call("plain miss", PLAIN, 3, 16, CacheRoundTripsTest::miss),
                call("sliding miss", SLIDING, 2, 17, CacheRoundTripsTest::miss),
                call("miss with a time to live", TTL, 2, 20, CacheRoundTripsTest::miss),
                call("miss that waits for others", SLIDING.withSync(), 2, 17, CacheRoundTripsTest::miss),
                call("refresh", SLIDING, 2, 17, cache -> cache.refresh(1, () -> 5)),
                call("put", SLIDING, 1, 8, cache -> cache.put(-1, 5)),
                call("put over another, with a time to live", TTL, 1, 11, cache -> cache.put(1, 5)),
                call("evict", TTL, 1, 7, cache -> cache.evict(1)),
                call("clear of 100", TTL, 1, 6, RedisCache::clear),
                call("info of 100", SLIDING, 1, 1, RedisCache::info),
                call("info of 100 with times to live", TTL, 1, 4, RedisCache::info));
    }

    private static void hit(RedisCache<Integer, Integer> cache) {
        assertThat(cache.get(1, () -> -1)).isEqualTo(1);
    }

    private static void miss(RedisCache<Integer, Integer> cache) {
        assertThat(cache.get(-1, () -> -2)).isEqualTo(-2);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("calls")
    void cachesStayWithinTheirRoundTrips(
            String call, CacheOptions options, Traffic limit, Consumer<RedisCache<Integer, Integer>> work) {
        work.accept(filled(options));
        RedisCache<Integer, Integer> cache = filled(options);

        Traffic traffic = redis.count(() -> work.accept(cache));

        assertThat(traffic.messages()).as("messages").isEqualTo(limit.messages());
        assertThat(traffic.commands()).as("commands").isBetween(1, limit.commands());
    }

    @Test
    void serversAreNeverSearched() {
        redis.server().execute("CONFIG", "RESETSTAT");
        calls().forEach(call -> {
            @SuppressWarnings("unchecked") // as above
            Consumer<RedisCache<Integer, Integer>> work = (Consumer<RedisCache<Integer, Integer>>) call.get()[3];
            work.accept(filled((CacheOptions) call.get()[1]));
        });
        assertThat(redis.server().execute("INFO", "commandstats"))
                .asString()
                .contains("cmdstat_evalsha")
                .doesNotContain("cmdstat_keys", "cmdstat_scan", "cmdstat_hscan", "cmdstat_hgetall", "cmdstat_hkeys");
    }

    private static RedisCache<Integer, Integer> filled(CacheOptions options) {
        PotteryFactory pottery = redis.pottery();
        RedisCache<Integer, Integer> cache =
                pottery.cache(TestRedis.freshKey(), Integer.class, pottery.json(Integer.class), options);
        IntStream.range(0, 100).forEach(i -> cache.put(i, i));
        return cache;
    }

    private static Arguments call(
            String name,
            CacheOptions options,
            int messages,
            int commands,
            Consumer<RedisCache<Integer, Integer>> work) {
        return arguments(name, options, new Traffic(messages, commands), work);
    }
}
