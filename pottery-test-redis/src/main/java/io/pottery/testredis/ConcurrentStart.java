package io.pottery.testredis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Several servers started at the same time: all of them, or none. */
final class ConcurrentStart {

    private ConcurrentStart() {}

    static List<RedisServer> of(int count, Supplier<RedisServer> start) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one server can be started, not " + count);
        }
        return of(Stream.generate(() -> start).limit(count).toList());
    }

    static List<RedisServer> of(List<Supplier<RedisServer>> starts) {
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            List<Callable<RedisServer>> tasks = starts.stream()
                    .<Callable<RedisServer>>map(start -> start::get)
                    .toList();
            return allOrNone(threads.invokeAll(tasks));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting %d Redis servers".formatted(starts.size()), e);
        } finally {
            threads.shutdown();
        }
    }

    private static List<RedisServer> allOrNone(List<Future<RedisServer>> results) throws InterruptedException {
        List<RedisServer> started = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<RedisServer> result : results) {
            try {
                started.add(result.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() == null ? e : e.getCause());
            }
        }
        if (failures.isEmpty()) {
            return List.copyOf(started);
        }
        started.forEach(RedisServer::close);
        IllegalStateException failure = new IllegalStateException(
                "%d of %d Redis servers did not start: %s"
                        .formatted(
                                failures.size(), results.size(), failures.get(0).getMessage()),
                failures.get(0));
        failures.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }
}
