package io.pottery.testredis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A master and its replica, watched by sentinels that make the replica the master when the master is gone. */
public final class RedisSentinels implements AutoCloseable {

    private static final String MASTER_NAME = "pottery";
    /** More than the second that sentinels take to connect again, or they call a new master down at once. */
    private static final String MILLIS_UNTIL_DOWN = "2000";

    private static final String FAILOVER_TIMEOUT_MILLIS = "5000";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<RedisServer> servers;
    private final List<RedisServer> sentinels;

    private RedisSentinels(List<RedisServer> servers, List<RedisServer> sentinels) {
        this.servers = servers;
        this.sentinels = sentinels;
    }

    /**
     * Starts a master, a replica and one sentinel, and waits until the sentinel knows both.
     *
     * @throws IllegalStateException if they do not start
     */
    public static RedisSentinels start() {
        return start(1);
    }

    /** Starts a master, a replica and {@code count} sentinels, and waits until all of them know each other. */
    public static RedisSentinels start(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one sentinel can be started, not " + count);
        }
        List<RedisServer> started = new ArrayList<>();
        try {
            RedisServer master = RedisServer.start();
            started.add(master);
            RedisServer replica = RedisServer.with("replicaof", master.host(), Integer.toString(master.port()))
                    .start();
            started.add(replica);
            awaitReplication(master, replica);
            RedisSentinels sentinels = new RedisSentinels(
                    List.of(master, replica), watching(master, count).start(count));
            started.addAll(sentinels.sentinels);
            sentinels.awaitAcquaintance();
            return sentinels;
        } catch (RuntimeException e) {
            Collections.reverse(started);
            started.forEach(RedisServer::close);
            throw e;
        }
    }

    /** The name under which the sentinels watch the master. */
    public String masterName() {
        return MASTER_NAME;
    }

    /** The sentinels; their hosts and ports are what a client is configured with. */
    public List<RedisServer> sentinels() {
        return sentinels;
    }

    /** The server that the first running sentinel takes for the master, dead or alive. */
    public RedisServer master() {
        return sentinels.stream()
                .filter(RedisServer::isRunning)
                .findFirst()
                .map(this::masterAccordingTo)
                .orElseThrow(() -> new IllegalStateException("No sentinel is running"));
    }

    /** The other server. */
    public RedisServer replica() {
        return otherThan(master());
    }

    /**
     * Kills the master and waits until all running sentinels agree on the new one. That takes about three seconds.
     *
     * @return the new master; the killed one is {@link #replica()} now, and becomes it some ten seconds after its
     *     {@link RedisServer#restart()}
     * @throws IllegalStateException if the replica is not running, or is not elected
     */
    public RedisServer failOver() {
        RedisServer old = master();
        RedisServer elected = otherThan(old);
        if (!elected.isRunning()) {
            throw new IllegalStateException(
                    "%s cannot take over, as it is not running; restart() it first".formatted(elected));
        }
        old.kill();
        Polling.until(
                LIMIT,
                () -> sentinels.stream()
                                .filter(RedisServer::isRunning)
                                .allMatch(sentinel -> masterAccordingTo(sentinel) == elected)
                        && isMaster(elected),
                () -> "%s was not elected".formatted(elected));
        return elected;
    }

    /** Ends all processes, the sentinels first. */
    @Override
    public void close() {
        Stream.concat(sentinels.stream(), servers.stream()).forEach(RedisServer::close);
    }

    private static RedisOptions watching(RedisServer master, int sentinels) {
        int quorum = sentinels / 2 + 1;
        return RedisServer.with(
                        "sentinel",
                        "monitor",
                        MASTER_NAME,
                        master.host(),
                        Integer.toString(master.port()),
                        Integer.toString(quorum))
                .with("sentinel", "down-after-milliseconds", MASTER_NAME, MILLIS_UNTIL_DOWN)
                .with("sentinel", "failover-timeout", MASTER_NAME, FAILOVER_TIMEOUT_MILLIS)
                .asSentinel();
    }

    /** Sentinels that start later than this need not wait for their next look at the master, 10 seconds on. */
    private static void awaitReplication(RedisServer master, RedisServer replica) {
        Polling.until(
                LIMIT,
                () -> replication(replica).field("master_link_status").equals("up")
                        && replication(master).field("slave0").contains("state=online"),
                () -> "%s does not replicate %s".formatted(replica, master));
    }

    private static ServerInfo replication(RedisServer server) {
        return ServerInfo.parse(String.valueOf(server.execute("INFO", "replication")));
    }

    private void awaitAcquaintance() {
        String others = Integer.toString(sentinels.size() - 1);
        sentinels.forEach(sentinel -> Polling.until(
                LIMIT,
                () -> {
                    Map<String, String> master = pairs(sentinel.execute("SENTINEL", "MASTER", MASTER_NAME));
                    return "master".equals(master.get("flags"))
                            && "1".equals(master.get("num-slaves"))
                            && others.equals(master.get("num-other-sentinels"))
                            && knowsHealthyReplica(sentinel);
                },
                () -> "The sentinel %s does not know the replica and the other sentinels".formatted(sentinel)));
    }

    private static boolean knowsHealthyReplica(RedisServer sentinel) {
        return sentinel.execute("SENTINEL", "REPLICAS", MASTER_NAME) instanceof List<?> replicas
                && replicas.size() == 1
                && "slave".equals(pairs(replicas.get(0)).get("flags"))
                && "ok".equals(pairs(replicas.get(0)).get("master-link-status"));
    }

    private static boolean isMaster(RedisServer server) {
        return server.execute("ROLE") instanceof List<?> role && "master".equals(role.get(0));
    }

    private RedisServer masterAccordingTo(RedisServer sentinel) {
        Object address = sentinel.execute("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
        return servers.stream()
                .filter(server ->
                        List.of(server.host(), Integer.toString(server.port())).equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The sentinel %s takes a foreign server for the master: %s".formatted(sentinel, address)));
    }

    private RedisServer otherThan(RedisServer server) {
        return servers.get(servers.get(0) == server ? 1 : 0);
    }

    private static Map<String, String> pairs(@Nullable Object reply) {
        List<String> words = (reply instanceof List<?> list ? list : List.of())
                .stream().map(String::valueOf).toList();
        return IntStream.range(0, words.size() / 2)
                .boxed()
                .collect(Collectors.toMap(i -> words.get(2 * i), i -> words.get(2 * i + 1)));
    }
}
