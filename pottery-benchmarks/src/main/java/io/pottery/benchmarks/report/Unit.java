package io.pottery.benchmarks.report;

/** What a figure counts. */
public enum Unit {
    PER_SECOND(true, "/s"),
    MILLIS(false, " ms"),
    BYTES(false, " B"),
    LOST(false, " lost");

    private final boolean moreIsBetter;
    private final String symbol;

    Unit(boolean moreIsBetter, String symbol) {
        this.moreIsBetter = moreIsBetter;
        this.symbol = symbol;
    }

    /** Whether figures are compared by a ratio, and not just shown: there is none to zero. */
    boolean hasRatio() {
        return this != LOST;
    }

    /** How many times as good {@code own} is as {@code other}. */
    double ratio(double own, double other) {
        return moreIsBetter ? own / other : other / own;
    }

    /** A figure as people read it. */
    String text(double figure) {
        if (this == MILLIS) {
            return (figure < 0.1 ? "%.3f%s" : figure < 10 ? "%.2f%s" : "%,.0f%s").formatted(figure, symbol);
        }
        return (figure < 10 && figure != Math.rint(figure) ? "%.1f%s" : "%,.0f%s").formatted(figure, symbol);
    }
}
