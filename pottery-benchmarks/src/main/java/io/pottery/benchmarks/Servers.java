package io.pottery.benchmarks;

import io.pottery.testredis.RedisServer;
import java.util.List;

/** The servers that all libraries use, in the JVMs that JMH forks, too. */
public final class Servers {

    private static final String PROPERTY = "pottery.benchmarks.redis";

    private Servers() {}

    /** Where the five servers are; what takes one uses the first. */
    public static List<String> uris() {
        return List.of(System.getProperty(PROPERTY).split(","));
    }

    /** Has benchmarks of this JVM use {@code uris}; returns what tells another JVM of them. */
    static String use(List<String> uris) {
        System.setProperty(PROPERTY, String.join(",", uris));
        return "-D%s=%s".formatted(PROPERTY, System.getProperty(PROPERTY));
    }

    /** Where {@code servers} are. */
    public static List<String> uris(List<RedisServer> servers) {
        return servers.stream().map(server -> uri(server.host(), server.port())).toList();
    }

    /** Where a server is. */
    public static String uri(String host, int port) {
        return "redis://%s:%d".formatted(host, port);
    }
}
