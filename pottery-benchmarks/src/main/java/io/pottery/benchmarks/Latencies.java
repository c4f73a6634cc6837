package io.pottery.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long something took, each time. */
public final class Latencies {

    private final LongStream.Builder nanos = LongStream.builder();
    private long[] sorted = {};

    public void add(long duration) {
        nanos.add(duration);
    }

    /** Ends the measurement. */
    public Latencies done() {
        sorted = nanos.build().sorted().toArray();
        return this;
    }

    public double median() {
        return millis(0.5);
    }

    public double millis(double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)]
                / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public String toString() {
        return "p50 %8.3f ms   p99 %8.3f ms   max %8.3f ms   of %d"
                .formatted(median(), millis(0.99), millis(1), sorted.length);
    }
}
