package io.pottery.queue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;

/**
 * What this process has been handed of one queue, and has not settled. The server is told of it at each tenth of the
 * visibility timeout, lest it take this process for dead. What the application has dropped is not told of.
 */
final class Held {

    private static final int PARTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final StoredQueue stored;
    private final Timer timer;
    private final Duration period;
    private final Set<Handed> held = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean scheduled;

    Held(StoredQueue stored, Timer timer, Duration visibilityTimeout) {
        this.stored = stored;
        this.timer = timer;
        this.period = visibilityTimeout.dividedBy(PARTS);
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

    /** How long a consumer is silent before it is dead: the last it has told may be a period old when it is cut off. */
    static Duration silence(QueueOptions options) {
        return options.visibilityTimeout().plus(options.visibilityTimeout().dividedBy(PARTS));
    }

    private void schedule() {
        scheduled = true;
        timer.after(period, this::renew);
    }

    private void renew() {
        Map<String, List<String>> ids;
        synchronized (this) {
            ids = held.stream().collect(groupingBy(each -> each.consumer, mapping(each -> each.id, toList())));
            if (ids.isEmpty()) {
                scheduled = false;
                return;
            }
        }
        CompletableFuture.allOf(ids.entrySet().stream()
                        .map(each -> stored.renew(each.getKey(), each.getValue()))
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> {
                    boolean repeats = failure != null && RedisKey.mayPass(failure) && PAUSE.compareTo(period) < 0;
                    timer.after(repeats ? PAUSE : period, this::renew);
                });
    }
}
