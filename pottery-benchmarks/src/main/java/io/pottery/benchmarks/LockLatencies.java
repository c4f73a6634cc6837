package io.pottery.benchmarks;

import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.Map;

/** How long locks take where that is more than one process, or more than one master. */
public final class LockLatencies {

    private static final Map<String, Measurement> ALL = Map.of(
            "hand-over", new HandOver(),
            "masters", new FiveMasters(),
            "crowd", new Crowd());

    private LockLatencies() {}

    /** Runs the measurements that are named, or all. */
    public static void main(String[] names) throws Exception {
        for (String name : names.length == 0 ? List.of("hand-over", "masters", "crowd") : List.of(names)) {
            Measurement measurement = ALL.get(name);
            if (measurement == null) {
                throw new IllegalArgumentException("There is no '%s', only %s".formatted(name, ALL.keySet()));
            }
            System.out.println(name);
            measurement.run();
        }
    }

    static void print(String what, Object figures) {
        System.out.printf("  %-38s %s%n", what, figures);
    }

    static List<String> uris(List<RedisServer> servers) {
        return servers.stream()
                .map(server -> "redis://%s:%d".formatted(server.host(), server.port()))
                .toList();
    }

    /** Starts what it needs, measures, and prints. */
    interface Measurement {
        void run() throws Exception;
    }
}
