package io.pottery.benchmarks;

import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Report;
import io.pottery.testredis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks on the same five servers, several times over, and says what Pottery is to the others. */
public final class Benchmarks {

    private static final int SERVERS = 5;

    /** Enough for a median of ratios. */
    public static final int ROUNDS = 3;

    private Benchmarks() {}

    /**
     * Without arguments, measures everything briefly, and writes tables and pictures to {@code docs/benchmarks} of the
     * working directory; with the names of experiments, runs those, and prints; with those of JMH, does what they say,
     * and prints.
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT); // in which pictures are written
        List<RedisServer> servers = RedisServer.start(SERVERS);
        try {
            String uris = Servers.use(Servers.uris(servers));
            if (args.length == 0) {
                ShortForm.run(servers, Path.of("docs", "benchmarks"));
            } else if (ShortForm.EXPERIMENTS.stream().anyMatch(experiment -> named(experiment, args))) {
                Figures figures = new Figures();
                for (Experiment experiment : ShortForm.EXPERIMENTS) {
                    if (named(experiment, args)) {
                        experiment.run(figures);
                    }
                }
                System.out.println(new Report(figures, servers.get(0).description()));
            } else {
                Rounds rounds = new Rounds();
                for (int round = 0; round < ROUNDS; round++) {
                    rounds.add(new OptionsBuilder()
                            .parent(new CommandLineOptions(args))
                            .jvmArgsAppend(uris)
                            .addProfiler(CommandsProfiler.class)
                            .addProfiler("gc")
                            .shouldFailOnError(true)
                            .build());
                }
                System.out.println(new Report(rounds.figures(), servers.get(0).description()));
            }
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    private static boolean named(Experiment experiment, String[] names) {
        return List.of(names).contains(experiment.getClass().getSimpleName());
    }
}
