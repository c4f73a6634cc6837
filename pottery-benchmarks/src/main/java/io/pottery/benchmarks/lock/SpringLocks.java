package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Clients;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/**
 * The lock registry of Spring Integration. By default it looks every 100 ms whether a lock is free; here it is told of
 * that by publish and subscribe, which its reference calls the preferred mode. Threads of one registry wait for each
 * other in the process, and only one of them for Redis.
 */
final class SpringLocks implements Locks {

    private final LettuceConnectionFactory connections;
    private final RedisLockRegistry registry;

    SpringLocks(String uri) {
        this.connections = Clients.spring(uri);
        this.registry = new RedisLockRegistry(connections, "spring", Duration.ofSeconds(10));
        registry.setRedisLockType(RedisLockType.PUB_SUB_LOCK);
    }

    @Override
    public Held acquire(String name) throws InterruptedException {
        Lock lock = registry.obtain(name);
        lock.lockInterruptibly();
        return lock::unlock;
    }

    @Override
    public void close() {
        registry.destroy();
        connections.destroy();
    }
}
