package io.pottery.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson's locks, on a single server and with the defaults. */
final class RedissonLocks implements Locks {

    private final RedissonClient redisson;

    RedissonLocks(List<String> uris) {
        if (uris.size() != 1) {
            throw new IllegalArgumentException("Redisson is compared on one server, not on %d".formatted(uris.size()));
        }
        Config config = new Config();
        config.useSingleServer().setAddress(uris.get(0));
        this.redisson = Redisson.create(config);
    }

    @Override
    public Held acquire(String name) throws InterruptedException {
        RLock lock = redisson.getLock(name);
        lock.lock(10, TimeUnit.SECONDS);
        return lock::unlock;
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}
