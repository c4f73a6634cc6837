package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Clients;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/** Redisson's locks, on a single server and with the defaults. */
final class RedissonLocks implements Locks {

    private final RedissonClient redisson;

    RedissonLocks(String uri) {
        this.redisson = Clients.redisson(uri);
    }

    @Override
    public Held acquire(String name) throws InterruptedException {
        RLock lock = redisson.getLock(name);
        lock.lock(10, TimeUnit.SECONDS);
        return lock::unlock;
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
