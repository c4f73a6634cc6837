package io.pottery.testredis;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Redis Cluster of masters that serve all 16384 slots, on free ports of 127.0.0.1. Starting it takes two seconds, for
 * that is how long Redis waits before it declares a new cluster healthy.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int FEWEST_MASTERS = 3;
    private static final String NODE_TIMEOUT_MILLIS = "1000";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts a cluster and waits until every node calls it healthy.
     *
     * @throws IllegalArgumentException if there are fewer than three masters
     * @throws IllegalStateException if it does not start
     */
    public static RedisCluster start(int masters) {
        return start(masters, RedisOptions.NONE);
    }

    /** Starts a cluster like {@link #start(int)}, each node with {@code options}. */
    public static RedisCluster start(int masters, RedisOptions options) {
        if (masters < FEWEST_MASTERS) {
            throw new IllegalArgumentException(
                    "A cluster needs at least %d masters, not %d".formatted(FEWEST_MASTERS, masters));
        }
        RedisCluster cluster = new RedisCluster(options.with("cluster-enabled", "yes")
                .with("cluster-node-timeout", NODE_TIMEOUT_MILLIS)
                .start(masters));
        try {
            cluster.form();
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** The masters, in the order of their slots. */
    public List<RedisServer> nodes() {
        return nodes;
    }

    /** The master that was given the slot of {@code key}. */
    public RedisServer nodeOf(String key) {
        RedisServer anyone = nodes.stream()
                .filter(RedisServer::isRunning)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No node of the cluster is running"));
        long slot = Long.parseLong(String.valueOf(anyone.execute("CLUSTER", "KEYSLOT", key)));
        return IntStream.range(0, nodes.size())
                .filter(node -> slot < firstSlot(node + 1))
                .mapToObj(nodes::get)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    private void form() {
        for (int node = 0; node < nodes.size(); node++) {
            RedisServer server = nodes.get(node);
            server.execute("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(node + 1));
            server.execute(Stream.concat(
                            Stream.of("CLUSTER", "ADDSLOTS"),
                            IntStream.range(firstSlot(node), firstSlot(node + 1))
                                    .mapToObj(Integer::toString))
                    .toArray(String[]::new));
            for (RedisServer earlier : nodes.subList(0, node)) {
                server.execute("CLUSTER", "MEET", earlier.host(), Integer.toString(earlier.port()));
            }
        }
        nodes.forEach(node -> Polling.until(
                START_LIMIT,
                () -> isHealthy(node),
                () -> "The cluster is not healthy; %s says:\n%s".formatted(node, node.execute("CLUSTER", "INFO"))));
    }

    private boolean isHealthy(RedisServer node) {
        ServerInfo info = ServerInfo.parse(String.valueOf(node.execute("CLUSTER", "INFO")));
        return info.field("cluster_state").equals("ok")
                && info.field("cluster_slots_ok").equals(Integer.toString(SLOTS))
                && info.field("cluster_known_nodes").equals(Integer.toString(nodes.size()));
    }

    private int firstSlot(int node) {
        return node * SLOTS / nodes.size();
    }
}
