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

    private static final Duration SLOW = Duration.ofMillis(50);

    public final List<RedisServer> servers = RedisServer.start(5);
    public final List<FaultProxy> networks =
            servers.stream().map(FaultProxy::before).toList();
    public final RedisMasters masters = connect();
    public final Deployment deployment = new Deployment("five masters", Servers.factory(masters), servers);

    /** Connects to the masters as another process would. */
    public RedisMasters connect() {
        return RedisMasters.of(networks.stream()
                .map(network -> "redis://%s:%d".formatted(network.host(), network.port()))
                .toArray(String[]::new));
    }

    /** Has the masters from one index to another fail in this way. */
    public void fail(String fault, int from, int to) {
        switch (fault) {
            case "black hole" -> networks(from, to).forEach(FaultProxy::blackHole);
            case "replies lost" -> networks(from, to).forEach(FaultProxy::loseReplies);
            case "refused" -> networks(from, to).forEach(FaultProxy::refuse);
            case "slow" -> networks(from, to).forEach(network -> network.delay(SLOW));
            case "stopped" -> servers.subList(from, to).forEach(RedisServer::pause);
            default -> throw new IllegalArgumentException(fault);
        }
    }

    /** Ends all faults. */
    public void heal() {
        servers.forEach(RedisServer::resume);
        networks.forEach(FaultProxy::resume);
        networks.forEach(network -> network.delay(Duration.ZERO));
    }

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
