package io.pottery.benchmarks;

import io.pottery.benchmarks.cache.CacheBenchmark;
import io.pottery.benchmarks.collection.CallsTogether;
import io.pottery.benchmarks.collection.CounterBenchmark;
import io.pottery.benchmarks.collection.DequeBenchmark;
import io.pottery.benchmarks.collection.DictBenchmark;
import io.pottery.benchmarks.collection.GrowthBenchmark;
import io.pottery.benchmarks.collection.ListBenchmark;
import io.pottery.benchmarks.collection.LostUpdates;
import io.pottery.benchmarks.collection.SetBenchmark;
import io.pottery.benchmarks.id.IdBenchmark;
import io.pottery.benchmarks.lock.FiveMasters;
import io.pottery.benchmarks.lock.HandOver;
import io.pottery.benchmarks.lock.LockBenchmark;
import io.pottery.benchmarks.lock.Waiters;
import io.pottery.benchmarks.memory.Footprint;
import io.pottery.benchmarks.queue.QueueBenchmark;
import io.pottery.benchmarks.queue.QueueLatencies;
import io.pottery.benchmarks.report.Report;
import io.pottery.benchmarks.sketch.SketchBenchmark;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * All benchmarks in a few minutes: in one JVM, for parts of a second, by turns, and round after round. Round trips are
 * counted first, while the JVM is cold.
 */
final class ShortForm {

    static final List<Class<?>> BENCHMARKS = List.of(
            DictBenchmark.class,
            SetBenchmark.class,
            ListBenchmark.class,
            DequeBenchmark.class,
            CounterBenchmark.class,
            GrowthBenchmark.class,
            LockBenchmark.class,
            IdBenchmark.class,
            QueueBenchmark.class,
            CacheBenchmark.class,
            SketchBenchmark.class);

    static final List<Experiment> EXPERIMENTS = List.of(
            new LostUpdates(),
            new CallsTogether(),
            new HandOver(),
            new FiveMasters(),
            new Waiters(),
            new QueueLatencies(),
            new PythonLibrary(),
            new Footprint());

    private static final TimeValue WARM_UP = TimeValue.milliseconds(100);
    private static final TimeValue MEASURED = TimeValue.milliseconds(180);

    /** An operation without a slow network, and with one, twice each. */
    private static final int SHOTS = 4;

    private final Rounds rounds = new Rounds();

    private ShortForm() {}

    /** Measures on {@code servers}, and writes to {@code folder}. */
    static void run(List<RedisServer> servers, Path folder) throws Exception {
        Files.createDirectories(folder);
        ShortForm form = new ShortForm();
        List<String> uris = Servers.uris(servers);
        say("round trips", () -> form.roundTrips(servers));
        Servers.use(uris);
        try (AutoCloseable kept = Clients.kept()) {
            for (int round = 1; round <= Benchmarks.ROUNDS; round++) {
                say("round %d of %d".formatted(round, Benchmarks.ROUNDS), () -> form.round());
            }
        }
        form.rounds.write(folder.resolve("jmh.json"));
        for (Experiment experiment : EXPERIMENTS) {
            say(experiment.getClass().getSimpleName(), () -> experiment.run(form.rounds.figures()));
        }
        new Report(form.rounds.figures(), servers.get(0).description()).write(folder);
    }

    private void round() throws RunnerException {
        for (Class<?> benchmark : BENCHMARKS) {
            rounds.add(options(benchmark)
                    .addProfiler(CommandsProfiler.class)
                    .addProfiler("gc")
                    .warmupIterations(1)
                    .warmupTime(WARM_UP)
                    .measurementIterations(1)
                    .measurementTime(MEASURED)
                    .build());
        }
    }

    private void roundTrips(List<RedisServer> servers) throws Exception {
        List<FaultProxy> networks = servers.stream().map(FaultProxy::before).toList();
        try (AutoCloseable kept = Clients.kept()) {
            Servers.use(networks.stream()
                    .map(network -> Servers.uri(network.host(), network.port()))
                    .toList());
            SlowNetworkProfiler.slowDown(networks);
            for (Class<?> benchmark : BENCHMARKS) {
                rounds.addRoundTrips(options(benchmark)
                        .addProfiler(SlowNetworkProfiler.class)
                        .mode(Mode.SingleShotTime)
                        .threads(1)
                        .warmupIterations(1)
                        .measurementIterations(SHOTS)
                        .build());
            }
        } finally {
            networks.forEach(FaultProxy::close);
        }
    }

    /** Less of everything than the benchmarks have by themselves. */
    private static ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("\\Q" + benchmark.getName() + ".\\E")
                .param("elements", "100000")
                .param("backlog", "40000")
                .forks(0)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private static void say(String what, Step step) throws Exception {
        long begun = System.nanoTime();
        step.run();
        System.out.printf(
                "%-24s %4d s%n",
                what, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    /** A part of the whole. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
