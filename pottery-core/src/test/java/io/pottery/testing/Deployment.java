package io.pottery.testing;

import io.pottery.PotteryFactory;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;

/** A factory, and the servers that grant its locks. */
public record Deployment(String name, PotteryFactory pottery, List<RedisServer> servers) {

    public static final Deployment ONE_REDIS =
            new Deployment("the application's Redis", TestRedis.pottery(), List.of(TestRedis.server()));

    /** A lock whose masters have time enough, however busy the machine is. */
    public Redlock redlock(String lock) {
        return pottery.redlock(lock, RedlockOptions.defaults().withMasterTimeout(Duration.ofSeconds(5)));
    }

    /** What each server replies to a command. */
    public List<Object> execute(String... command) {
        return servers.stream().map(server -> server.execute(command)).toList();
    }

    /** Waits until the first in line of this process listens for a release of {@code lock}. */
    public void awaitWaiter(Redlock lock) {
        servers.forEach(server -> TestRedis.awaitListeners(server, lock.key(), 1));
    }

    public void awaitNoWaiter(Redlock lock) {
        servers.forEach(server -> TestRedis.awaitListeners(server, lock.key(), 0));
    }

    /** Whether no server has the lock; that somebody waited is remembered for three seconds. */
    public boolean isClean(Redlock lock) {
        return execute("EXISTS", lock.key()).stream().allMatch(exists -> exists.equals(0L));
    }

    @Override
    public String toString() {
        return name;
    }
}
