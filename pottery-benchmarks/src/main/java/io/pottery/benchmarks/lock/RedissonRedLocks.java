package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Clients;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.redisson.RedissonRedLock;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/** Redisson's lock on a majority of masters, each of which has a client with the defaults. */
final class RedissonRedLocks implements Locks {

    private final List<RedissonClient> masters;

    RedissonRedLocks(List<String> uris) {
        this.masters = uris.stream().map(Clients::redisson).toList();
    }

    @Override
    @SuppressWarnings("deprecation") // nothing else of Redisson locks on masters that know nothing of each other
    public Held acquire(String name) throws InterruptedException {
        RLock lock = new RedissonRedLock(
                masters.stream().map(master -> master.getLock(name)).toArray(RLock[]::new));
        lock.lock(10, TimeUnit.SECONDS);
        return lock::unlock;
    }

    @Override
    public void close() {
        masters.forEach(Clients::close);
    }
}
