package io.pottery.benchmarks;

import io.pottery.testredis.FaultProxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Makes the network slow in every other iteration: what that adds to an operation tells how often it waited for it. */
public final class SlowNetworkProfiler implements InternalProfiler {

    /** What a slow network takes to and fro. */
    static final Duration ROUND_TRIP = Duration.ofMillis(10);

    /** 1 in an iteration with a slow network, else 0. */
    static final String SLOW = "slow";

    private static List<FaultProxy> networks = List.of();

    private int iterations;

    /** Has {@code between} clients and servers be slow. */
    static void slowDown(List<FaultProxy> between) {
        networks = between;
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iterations++ % 2 == 1) {
            networks.forEach(network -> network.delay(ROUND_TRIP.dividedBy(2)));
        }
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        networks.forEach(network -> network.delay(Duration.ZERO));
        return List.of(new ScalarResult(SLOW, (iterations - 1) % 2, "", AggregationPolicy.AVG));
    }

    @Override
    public String getDescription() {
        return "A slow network, every other time";
    }
}
