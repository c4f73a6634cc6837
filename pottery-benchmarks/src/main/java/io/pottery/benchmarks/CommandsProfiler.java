package io.pottery.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Counts the commands that the servers run for one operation, those of scripts included. */
public final class CommandsProfiler implements InternalProfiler {

    static final String LABEL = "commands";

    private static final Pattern CALLS = Pattern.compile("cmdstat_(?!info:)[^:]+:calls=(\\d+)");

    private static final RedisClient CLIENT = RedisClient.create();
    private static final List<StatefulRedisConnection<String, String>> SERVERS = Servers.uris().stream()
            .map(uri -> CLIENT.connect(RedisURI.create(uri)))
            .toList();

    private long before;

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = commands();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double each = (commands() - before) / (double) result.getMetadata().getAllOps();
        return List.of(new ScalarResult(LABEL, each, "#/op", AggregationPolicy.AVG));
    }

    /** How many the servers have run until now. */
    public static long commands() {
        return SERVERS.stream()
                .map(server -> server.sync().info("commandstats"))
                .flatMap(stats -> CALLS.matcher(stats).results())
                .map(MatchResult::group)
                .mapToLong(calls -> Long.parseLong(calls.substring(calls.indexOf('=') + 1)))
                .sum();
    }

    @Override
    public String getDescription() {
        return "Commands that the servers run";
    }
}
