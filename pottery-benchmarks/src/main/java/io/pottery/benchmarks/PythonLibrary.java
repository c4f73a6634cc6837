package io.pottery.benchmarks;

import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pottery for Python, if {@code python3}, or what the environment variable {@code POTTERY_PYTHON} names, has it: its
 * figures join the lines that others have, so it comes after them.
 */
final class PythonLibrary implements Experiment {

    private static final String PYTHON =
            Optional.ofNullable(System.getenv("POTTERY_PYTHON")).orElse("python3");
    private static final Path SCRIPT = Path.of("pottery-benchmarks", "python", "pottery_python.py");

    @Override
    public void run(Figures figures) throws IOException, InterruptedException {
        if (!SCRIPT.toFile().exists() || !installed()) {
            System.out.println("Python's figures are left out: have 'pip install pottery' done for " + PYTHON
                    + ", or name another one in POTTERY_PYTHON, and run this where the sources are.");
            return;
        }
        Set<String> unknown = new TreeSet<>();
        JsonMapper json = new JsonMapper();
        Process process =
                script().redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .map(line -> json.readValue(line, Measured.class))
                    .forEach(measured -> measured.line(figures)
                            .ifPresentOrElse(
                                    line -> figures.add(line, Library.PYTHON, measured.figure),
                                    () -> unknown.add(measured.area + ": " + measured.title)));
        }
        if (process.waitFor() != 0) {
            throw new IOException("%s has failed with %d".formatted(SCRIPT, process.exitValue()));
        }
        if (!unknown.isEmpty()) {
            System.out.println("Only Python has figures, which are left out, of " + String.join("; ", unknown));
        }
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import pottery")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    private static ProcessBuilder script() {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString(), Integer.toString(Benchmarks.ROUNDS)));
        command.addAll(Servers.uris());
        return new ProcessBuilder(command);
    }

    /** A figure as the script prints it. */
    private record Measured(String area, String title, double figure) {

        Optional<Line> line(Figures figures) {
            return figures.line(area, title);
        }
    }
}
