package io.pottery.benchmarks.report;

/** What one operation takes beside time. */
public enum Cost {
    ROUND_TRIPS("round trips"),
    COMMANDS("commands of the server"),
    ALLOCATED("bytes allocated");

    private final String title;

    Cost(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** A figure as people read it. */
    String text(double figure) {
        if (figure >= 0.005 && figure < 0.095) {
            return "%.2f".formatted(figure);
        }
        return (figure < 9.95 && Math.abs(figure - Math.rint(figure)) >= 0.05 ? "%.1f" : "%,.0f")
                .formatted(Math.abs(figure));
    }
}
