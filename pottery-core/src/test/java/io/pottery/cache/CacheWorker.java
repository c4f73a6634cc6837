package io.pottery.cache;

import io.pottery.PotteryFactory;
import io.pottery.testing.ParentJvm;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A process whose threads all want one entry at once, and that counts in Redis how often it is computed. */
final class CacheWorker {

    private CacheWorker() {}

    /** Runs with a port, a key, the lease in ms or 0 for no sync, how many threads, and how long they compute in ms. */
    static void main(String[] arguments) throws Exception {
        LettuceConnectionFactory connections =
                TestRedis.connect(new RedisStandaloneConfiguration("127.0.0.1", Integer.parseInt(arguments[0])));
        String key = arguments[1];
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[2]));
        int threads = Integer.parseInt(arguments[3]);
        int milliseconds = Integer.parseInt(arguments[4]);
        CacheOptions options = lease.isZero()
                ? CacheOptions.defaults()
                : CacheOptions.defaults().withSync().withLease(lease);
        StringRedisTemplate redis = new StringRedisTemplate(connections);
        PotteryFactory pottery = PotteryFactory.create(connections);
        RedisCache<Integer, Long> cache = pottery.cache(key, Integer.class, pottery.json(Long.class), options);
        cache.getIfPresent(0);
        System.out.println("ready");
        ParentJvm.lines().take();
        Threads.run(threads, thread -> {
            Long value = cache.get(1, () -> {
                Long computed = redis.opsForValue().increment(calls(key));
                System.out.println("computing");
                TimeUnit.MILLISECONDS.sleep(milliseconds);
                return computed;
            });
            if (value == null) {
                throw new AssertionError("no value");
            }
        });
        CacheInfo info = cache.info();
        System.out.printf("done: %d hits and misses, %d failures%n", info.hits() + info.misses(), info.failures());
        connections.destroy();
    }

    static String calls(String key) {
        return key + ":calls";
    }
}
