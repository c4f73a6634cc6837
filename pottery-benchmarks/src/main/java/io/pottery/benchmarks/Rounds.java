package io.pottery.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pottery.benchmarks.report.Cost;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs JMH round after round, and reads what it has found. */
final class Rounds {

    private static final String LIBRARY = "library";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Figures figures = new Figures();
    private final Map<String, List<RunResult>> results = new TreeMap<>();

    Figures figures() {
        return figures;
    }

    /** Measures how many operations are done in a second, and what each takes. */
    void add(Options options) throws RunnerException {
        for (RunResult result : new Runner(options).run()) {
            Line line = line(result.getParams());
            Library library = library(result.getParams());
            figures.add(line, library, result.getPrimaryResult().getScore());
            secondary(result, CommandsProfiler.LABEL)
                    .forEach(commands -> figures.add(line, library, Cost.COMMANDS, commands));
            secondary(result, ALLOCATED).forEach(bytes -> figures.add(line, library, Cost.ALLOCATED, bytes));
            results.computeIfAbsent(line + library.title(), first -> new ArrayList<>())
                    .add(result);
        }
    }

    /** Measures how often an operation waits for the network: how much longer it takes if that is slow. */
    void addRoundTrips(Options options) throws RunnerException {
        for (RunResult result : new Runner(options).run()) {
            double added = shortest(result, 1) - shortest(result, 0);
            double one = SlowNetworkProfiler.ROUND_TRIP.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
            figures.add(
                    line(result.getParams()),
                    library(result.getParams()),
                    Cost.ROUND_TRIPS,
                    Math.max(0, Math.rint(added / one)));
        }
    }

    private static double shortest(RunResult result, double slow) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .filter(iteration -> score(iteration.getSecondaryResults(), SlowNetworkProfiler.SLOW)
                        .allMatch(mark -> mark == slow))
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .min()
                .orElseThrow();
    }

    /** Keeps all rounds in the format of JMH, which takes them for forks; without what does not tell anything here. */
    void write(Path file) throws IOException {
        List<RunResult> all = results.values().stream()
                .map(rounds -> new RunResult(rounds.get(0).getParams(), forks(rounds)))
                .toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(bytes, false, UTF_8))
                .writeOut(all);
        JsonMapper json = new JsonMapper();
        JsonNode written = json.readTree(bytes.toByteArray());
        for (JsonNode benchmark : written) {
            ((ObjectNode) benchmark).remove(List.of("jvm", "jvmArgs"));
            ((ObjectNode) benchmark.get("secondaryMetrics")).retain(ALLOCATED, CommandsProfiler.LABEL);
        }
        Files.writeString(
                file, written.valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }

    private static List<BenchmarkResult> forks(List<RunResult> rounds) {
        return rounds.stream()
                .flatMap(round -> round.getBenchmarkResults().stream())
                .toList();
    }

    private static Stream<Double> secondary(RunResult result, String label) {
        return score(result.getSecondaryResults(), label);
    }

    @SuppressWarnings("rawtypes") // as JMH has it
    private static Stream<Double> score(Map<String, Result> results, String label) {
        return results.entrySet().stream()
                .filter(each -> each.getKey().endsWith(label))
                .map(each -> each.getValue().getScore());
    }

    private static Library library(BenchmarkParams params) {
        return Library.valueOf(params.getParam(LIBRARY));
    }

    private static Line line(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        int dot = benchmark.lastIndexOf('.');
        String type = benchmark.substring(0, dot);
        Row row = row(type, benchmark.substring(dot + 1));
        String title = row.value();
        for (String param : params.getParamsKeys()) {
            title = title.replace("{" + param + "}", text(params.getParam(param)));
        }
        return new Line(area(type), row.order(), title, Unit.PER_SECOND);
    }

    private static String text(String value) {
        return value.matches("\\d+") ? "%,d".formatted(Integer.parseInt(value)) : value;
    }

    private static String area(String type) {
        return type.substring(type.lastIndexOf('.') + 1)
                .replace("Benchmark", "")
                .toLowerCase(Locale.ROOT);
    }

    private static Row row(String type, String method) {
        try {
            return Stream.of(Class.forName(type).getMethods())
                    .filter(each -> each.getName().equals(method))
                    .map(each -> each.getAnnotation(Row.class))
                    .findFirst()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JMH ran a class that is not there", e);
        }
    }
}
