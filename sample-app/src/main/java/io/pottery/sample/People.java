package io.pottery.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Many people at once. */
public final class People {

    /** What each of them does. */
    @FunctionalInterface
    public interface Deed<T> {

        /** Does it as the person of that {@code number}, from 1 on. */
        T of(int number) throws InterruptedException;
    }

    private static final Semaphore CROWDS = new Semaphore(3);

    private People() {}

    /**
     * Has {@code count} people do something at the same time, and returns what has come of it when all are done.
     *
     * @throws ResponseStatusException if there are too many people at it already
     */
    public static <T> List<T> atOnce(int count, Deed<T> deed) throws InterruptedException {
        if (!CROWDS.tryAcquire()) {
            throw new ResponseStatusException(
                    HttpStatus.TOO_MANY_REQUESTS, "Three crowds are here already: wait until one of them has left.");
        }
        try {
            return together(count, deed);
        } finally {
            CROWDS.release();
        }
    }

    private static <T> List<T> together(int count, Deed<T> deed) throws InterruptedException {
        ExecutorService people = Executors.newFixedThreadPool(count);
        CyclicBarrier door = new CyclicBarrier(count);
        try {
            List<Future<T>> doing = IntStream.rangeClosed(1, count)
                    .mapToObj(number -> people.submit(() -> {
                        door.await();
                        return deed.of(number);
                    }))
                    .toList();
            List<T> done = new ArrayList<>(count);
            for (Future<T> one : doing) {
                done.add(one.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("Somebody in a crowd of " + count + " has failed", e);
        } finally {
            people.shutdownNow();
        }
    }
}
