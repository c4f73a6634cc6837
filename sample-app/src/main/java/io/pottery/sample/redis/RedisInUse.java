package io.pottery.sample.redis;

import io.pottery.testredis.RedisServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.MasterReplica;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;

/**
 * The Redis that the application runs on, in words that hold no password.
 *
 * @param address where it is
 * @param sentence which one it is, where, and how it was found
 */
record RedisInUse(String address, String sentence) {

    static RedisInUse own(RedisServer server) {
        String address = server.host() + ":" + server.port();
        return new RedisInUse(
                address,
                "the application's own, %s, on %s, gone when the application stops"
                        .formatted(server.description(), address));
    }

    static RedisInUse configured(DataRedisConnectionDetails details) {
        String address = address(details);
        return new RedisInUse(address, "the configured one at " + address);
    }

    private static String address(DataRedisConnectionDetails details) {
        Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return "'%s' of the sentinels %s".formatted(sentinel.getMaster(), addresses(sentinel.getNodes()));
        }
        Cluster cluster = details.getCluster();
        if (cluster != null) {
            return "the cluster " + addresses(cluster.getNodes());
        }
        MasterReplica replicas = details.getMasterReplica();
        if (replicas != null) {
            return "the replicas " + addresses(replicas.getNodes());
        }
        return address(details.getStandalone());
    }

    private static String address(@Nullable Standalone standalone) {
        return standalone == null ? "an unknown place" : standalone.getHost() + ":" + standalone.getPort();
    }

    private static String addresses(List<Node> nodes) {
        return String.join(
                ", ",
                nodes.stream().map(node -> node.host() + ":" + node.port()).toList());
    }
}
