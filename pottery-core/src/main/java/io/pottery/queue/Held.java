package io.pottery.queue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What this process has been handed of one queue, and has not settled. The server is told of it at each third of the
 * visibility timeout, lest it take this process for dead. What the application has dropped is not told of.
 */
final class Held {

    private final StoredQueue stored;
    private final Timer timer;
    private final Duration period;
    private final Set<Handed> held = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean scheduled;

    Held(StoredQueue stored, Timer timer, Duration visibilityTimeout) {
        this.stored = stored;
        this.timer = timer;
        this.period = visibilityTimeout.dividedBy(3);
    }

    synchronized void addAll(Collection<Handed> handed) {
        held.addAll(handed);
        if (!scheduled && !held.isEmpty()) {
            schedule();
        }
    }

    synchronized void remove(Handed handed) {
        held.remove(handed);
    }

    /** What {@code consumer} has of it. */
    synchronized List<String> idsOf(String consumer) {
        return held.stream()
                .filter(handed -> handed.consumer.equals(consumer))
                .map(handed -> handed.id)
                .toList();
    }

    private void schedule() {
        scheduled = true;
        timer.after(period, this::renew);
    }

    private void renew() {
        Map<String, List<String>> ids;
        synchronized (this) {
            scheduled = false;
            ids = held.stream().collect(groupingBy(each -> each.consumer, mapping(each -> each.id, toList())));
            if (!ids.isEmpty()) {
                schedule();
            }
        }
        ids.forEach(stored::renew);
    }
}
