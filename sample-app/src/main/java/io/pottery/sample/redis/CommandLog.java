package io.pottery.sample.redis;

import io.pottery.sample.redis.Watch.Server;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest commands that servers have run on the application's keys, whoever sent them. Servers are watched only
 * while somebody looks, because it costs them.
 */
final class CommandLog implements AutoCloseable {

    private static final int KEPT = 3_000;
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** What was run; the number of each is higher by one than that of the one before. */
    record Entry(long number, String server, boolean ofScript, String text) {}

    private final List<Watch> watches;
    private final @Nullable String silent;
    private final String prefix;
    private final Map<String, String> scripts;
    private final Set<Watch> running = new HashSet<>();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final String started = UUID.randomUUID().toString();
    private int begun;
    private long last;
    private long looked;

    /**
     * Begins an empty log.
     *
     * @param prefix what all keys of the application contain
     * @param scripts the names of scripts, by digest
     */
    CommandLog(List<Server> servers, String prefix, Map<String, String> scripts) {
        this(servers, null, prefix, scripts);
    }

    private CommandLog(List<Server> servers, @Nullable String silent, String prefix, Map<String, String> scripts) {
        this.watches = servers.stream().map(Watch::new).toList();
        this.silent = silent;
        this.prefix = prefix;
        this.scripts = scripts;
        this.looked = System.nanoTime() - LOOK.toNanos();
    }

    /** A log in which nothing is ever shown, because of {@code reason}. */
    static CommandLog silent(String reason) {
        return new CommandLog(List.of(), reason, "", Map.of());
    }

    /** What was run after entry {@code number}, of which the oldest may be forgotten; and has the servers watched. */
    synchronized List<Entry> after(long number) {
        looked = System.nanoTime();
        for (Watch watch : watches) {
            if (watch.isDue() && running.add(watch)) {
                Thread thread =
                        new Thread(() -> watch(watch), "watch-" + watch.server().name());
                thread.setDaemon(true);
                thread.start();
            }
        }
        List<Entry> found = new ArrayList<>();
        entries.forEach(entry -> {
            if (entry.number() > number) {
                found.add(entry);
            }
        });
        return found;
    }

    /** The number of the latest entry; 0 if there is none. */
    synchronized long last() {
        return last;
    }

    /** Changes whenever something may have been missed: with each start, and when the first server is watched anew. */
    synchronized String epoch() {
        return started + "-" + begun;
    }

    /** Why nothing is told, if it is not. */
    @Nullable
    String silent() {
        String failure = watches.isEmpty() ? null : watches.get(0).failure();
        return failure == null ? silent : "This Redis does not tell what it runs: " + failure;
    }

    private void watch(Watch watch) {
        try {
            watch.run(this::isLookedAt, () -> begun(watch), line -> take(watch.server(), line));
        } finally {
            ended(watch);
        }
    }

    private synchronized void begun(Watch watch) {
        if (watch == watches.get(0)) {
            begun++;
        }
    }

    private synchronized void ended(Watch watch) {
        running.remove(watch);
    }

    private synchronized boolean isLookedAt() {
        return System.nanoTime() - looked < LOOK.toNanos();
    }

    private void take(Server server, String line) {
        MonitoredCommand command = MonitoredCommand.parse(line);
        if (command == null || command.database() != server.database() || !command.concerns(prefix)) {
            return;
        }
        String text = command.text(scripts);
        synchronized (this) {
            last++;
            entries.addLast(new Entry(last, server.name(), command.ofScript(), text));
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
    }

    @Override
    public synchronized void close() {
        looked = System.nanoTime() - LOOK.toNanos();
    }
}
