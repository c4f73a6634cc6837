package io.pottery.internal.redis;

/** Short work that waits for Redis, for which neither a timer nor the application's threads have time. */
final class Background {

    private Background() {}

    /** Runs {@code work} on a daemon thread called {@code name}, which ends with it. */
    static void run(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.start();
    }
}
