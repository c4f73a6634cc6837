package io.pottery.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows people what was measured: a table and a picture for each area. */
public final class Report {

    private final Figures figures;
    private final String server;

    /** Of {@code figures} that were found with {@code server}. */
    public Report(Figures figures, String server) {
        this.figures = figures;
        this.server = server;
    }

    /** Writes {@code results.md} and a picture for each area to {@code folder}. */
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("results.md"), toString());
        for (String area : figures.areas()) {
            String picture =
                    area.equals(GrowthChart.AREA) ? new GrowthChart(figures).svg() : new Chart(figures, area).svg();
            Files.writeString(folder.resolve(area + ".svg"), picture);
        }
    }

    /** The tables. */
    @Override
    public String toString() {
        return """
                # Results

                Written by the benchmarks; [README.md](README.md) tells how to read them.
                %s, Java %s, %s %s, %d processors, which the servers and their clients share.

                """.formatted(
                                server,
                                System.getProperty("java.version"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors())
                + new Tables(figures).markdown();
    }
}
