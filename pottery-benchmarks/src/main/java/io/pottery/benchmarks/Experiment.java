package io.pottery.benchmarks;

import io.pottery.benchmarks.report.Figures;

/** What JMH cannot measure: more than one process, servers that fail, what is lost, and what Redis stores. */
@FunctionalInterface
public interface Experiment {

    /** Starts what it needs, measures round after round, and adds what it has found. */
    void run(Figures figures) throws Exception;
}
