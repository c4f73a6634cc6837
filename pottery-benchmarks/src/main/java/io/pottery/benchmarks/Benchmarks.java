package io.pottery.benchmarks;

import static java.util.stream.Collectors.joining;

import io.pottery.testredis.RedisServer;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks on the same five servers, three times over, and says what Pottery is to the others. */
public final class Benchmarks {

    private static final String REDIS = "pottery.benchmarks.redis";
    private static final int SERVERS = 5;

    /** Enough for a median of ratios. */
    private static final int ROUNDS = 3;

    private Benchmarks() {}

    /** The servers that all libraries use. */
    static List<String> uris() {
        return List.of(System.getProperty(REDIS).split(","));
    }

    /**
     * Runs the benchmarks, with the options of JMH.
     *
     * @throws RunnerException if one fails
     * @throws CommandLineOptionException if JMH does not know an option
     */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Ratios ratios = new Ratios();
        List<RedisServer> servers = RedisServer.start(SERVERS);
        try {
            String uris = servers.stream()
                    .map(server -> "redis://%s:%d".formatted(server.host(), server.port()))
                    .collect(joining(","));
            for (int round = 0; round < ROUNDS; round++) {
                ratios.add(new Runner(new OptionsBuilder()
                                .parent(new CommandLineOptions(args))
                                .jvmArgsAppend("-D%s=%s".formatted(REDIS, uris))
                                .shouldFailOnError(true)
                                .build())
                        .run());
            }
        } finally {
            servers.forEach(RedisServer::close);
        }
        System.out.println(ratios);
    }
}
