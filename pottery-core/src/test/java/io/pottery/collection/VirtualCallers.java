package io.pottery.collection;

import io.pottery.PotteryFactory;
import io.pottery.testing.TestRedis;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A process of virtual threads that share one carrier and call the same containers. */
final class VirtualCallers {

    private static final int CALLS = 20;

    private VirtualCallers() {}

    /** Runs with a host, a port, the name of the containers, and the number of threads. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
        LettuceConnectionFactory connections =
                TestRedis.connect(new RedisStandaloneConfiguration(arguments[0], Integer.parseInt(arguments[1])));
        PotteryFactory pottery = PotteryFactory.create(connections);
        RedisCounter<String> counter = pottery.counter(arguments[2] + ":counter", String.class);
        RedisDict<Integer, Integer> dict = pottery.dict(arguments[2] + ":dict", Integer.class, Integer.class);
        Set<Long> counts = ConcurrentHashMap.newKeySet();
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            int thread = i;
            virtual.execute(() -> {
                for (int call = 1; call <= CALLS; call++) {
                    counts.add(counter.increment("all"));
                    dict.set(thread, call);
                    Integer stored = dict.get(thread);
                    if (stored == null || stored != call) {
                        System.out.printf("thread %d stored %d and found %s%n", thread, call, stored);
                    }
                }
            });
        }
        virtual.shutdown();
        virtual.awaitTermination(1, TimeUnit.MINUTES);
        System.out.printf("%d counts, the last is %d%n", counts.size(), counter.count("all"));
        connections.destroy();
    }
}
