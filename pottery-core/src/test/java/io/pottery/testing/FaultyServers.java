package io.pottery.testing;

import static org.awaitility.Awaitility.await;

import io.pottery.RedisMasters;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Five real masters, each behind a network that can be made to fail; and a factory that reaches them through it. */
public final class FaultyServers implements AutoCloseable {

    public final List<RedisServer> servers = RedisServer.start(5);
    public final List<FaultProxy> networks =
            servers.stream().map(FaultProxy::before).toList();
    public final RedisMasters masters = RedisMasters.of(networks.stream()
            .map(network -> "redis://%s:%d".formatted(network.host(), network.port()))
            .toArray(String[]::new));
    public final Deployment deployment = new Deployment("five masters", Servers.factory(masters), servers);

    public Redlock redlock(String name, RedlockOptions options) {
        return deployment.pottery().redlock(name, options);
    }

    public Stream<FaultProxy> networks(int from, int to) {
        return networks.subList(from, to).stream();
    }

    /** Waits until no server has a key of {@code lock} but its fence, for {@code limit} at most. */
    public void awaitClean(Redlock lock, Duration limit) {
        await().atMost(limit).pollDelay(Duration.ZERO).until(() -> deployment.isClean(lock));
    }

    @Override
    public void close() {
        masters.close();
        networks.forEach(FaultProxy::close);
        servers.forEach(RedisServer::close);
    }
}
