package io.pottery.benchmarks;

/** Who is compared. */
public enum Library {
    POTTERY("Pottery", "#1d2733"),
    /** Pottery with {@code batching(false)}, of which no calls travel together. */
    UNBATCHED("Pottery unbatched", "#7d8794"),
    REDISSON("Redisson", "#d1495b"),
    /** Spring Data Redis, its cache and collections, and the lock registry of Spring Integration. */
    SPRING("Spring", "#4c9a2a"),
    /** Lettuce and the commands that one cannot do without: what there is to reach. */
    LETTUCE("Lettuce", "#2b6cb0"),
    /** Pottery for Python, where it is installed. */
    PYTHON("Python", "#c98a00");

    private final String title;
    private final String colour;

    Library(String title, String colour) {
        this.title = title;
        this.colour = colour;
    }

    /** What a library says that has nothing of the kind. */
    public UnsupportedOperationException hasNone() {
        return new UnsupportedOperationException(title + " has none");
    }

    /** The name that readers see. */
    public String title() {
        return title;
    }

    /** What it is drawn in. */
    public String colour() {
        return colour;
    }
}
