package io.pottery.testredis;

import java.util.Map;
import java.util.stream.Collectors;

/** What a server says about itself: the reply to INFO. */
record ServerInfo(Map<String, String> fields) {

    static ServerInfo parse(String reply) {
        return new ServerInfo(reply.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toUnmodifiableMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first)));
    }

    /** Valkey calls itself Redis 7.2.4 too, for the sake of old clients. */
    String product() {
        return fields.containsKey("valkey_version") ? "Valkey" : "Redis";
    }

    String version() {
        return fields.getOrDefault("valkey_version", field("redis_version"));
    }

    long processId() {
        return Long.parseLong(field("process_id"));
    }

    String configFile() {
        return field("config_file");
    }

    boolean loading() {
        return fields.getOrDefault("loading", "0").equals("1");
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
