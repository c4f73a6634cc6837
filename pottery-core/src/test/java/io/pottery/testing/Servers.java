package io.pottery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Five real masters of one test class, and a factory whose locks they grant: as the user of docs/acl, who must be
 * refused nothing.
 */
public final class Servers implements AfterAllCallback {

    private final List<RedisServer> servers = AclUser.LOCKS.options().start(5);
    private final RedisMasters masters = RedisMasters.of(uris());
    private final RedisMasters elsewhere = RedisMasters.of(uris());
    private final Deployment deployment = new Deployment("five masters", factory(masters), servers);

    public static PotteryFactory factory(RedisMasters masters) {
        return PotteryFactory.builder(TestRedis.connections()).masters(masters).build();
    }

    public Deployment deployment() {
        return deployment;
    }

    /** One Redis, and the five. */
    public Stream<Deployment> both() {
        return Stream.of(Deployment.ONE_REDIS, deployment);
    }

    /** A factory on the servers of {@code on} that shares nothing else with its factory, as if in another process. */
    public PotteryFactory elsewhere(Deployment on) {
        return on == deployment ? factory(elsewhere) : PotteryFactory.create(TestRedis.connections());
    }

    public String[] uris() {
        return servers.stream().map(AclUser.LOCKS::uri).toArray(String[]::new);
    }

    public static String uri(RedisServer server) {
        return "redis://%s:%d".formatted(server.host(), server.port());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        masters.close();
        elsewhere.close();
        assertThat(servers).flatMap(AclUser::refusals).isEmpty();
        servers.forEach(RedisServer::close);
    }
}
