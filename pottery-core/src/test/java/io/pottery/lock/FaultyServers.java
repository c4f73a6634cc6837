package io.pottery.lock;

import static org.awaitility.Awaitility.await;

import io.pottery.RedisMasters;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Five real masters, each behind a network that can be made to fail; and a factory that reaches them through it. */
final class FaultyServers implements AutoCloseable {

    final List<RedisServer> servers = RedisServer.start(5);
    final List<FaultProxy> networks = servers.stream().map(FaultProxy::before).toList();
    final RedisMasters masters = RedisMasters.of(networks.stream()
            .map(network -> "redis://%s:%d".formatted(network.host(), network.port()))
            .toArray(String[]::new));
    final Deployment deployment = new Deployment("five masters", Servers.factory(masters), servers);

    Redlock redlock(String name, RedlockOptions options) {
        return deployment.pottery().redlock(name, options);
    }

    Stream<FaultProxy> networks(int from, int to) {
        return networks.subList(from, to).stream();
    }

    /** Waits until no server has a key of {@code lock} but its fence, for {@code limit} at most. */
    void awaitClean(Redlock lock, Duration limit) {
        await().atMost(limit).pollDelay(Duration.ZERO).until(() -> deployment.isClean(lock));
    }

    @Override
    public void close() {
        masters.close();
        networks.forEach(FaultProxy::close);
        servers.forEach(RedisServer::close);
    }
}
