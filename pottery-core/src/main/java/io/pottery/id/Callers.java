package io.pottery.id;

import static java.util.Objects.requireNonNull;

import io.pottery.error.IdsExhaustedException;
import io.pottery.internal.redis.Completion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for ids in this process. For each sequence, one call to the masters is under way at a time, and those
 * who wait when it is sent share what it brings. Who comes later waits for the next one: another process may have got
 * higher ids meanwhile.
 */
final class Callers {

    private final ConcurrentMap<LineKey, Line> lines = new ConcurrentHashMap<>();

    /** Has {@code count} ids of {@code sequence} that follow one another; completes with the first of them. */
    CompletableFuture<Long> next(NextIdProtocol sequence, int count) {
        Caller caller = new Caller(sequence, count);
        Line line = lines.compute(LineKey.of(sequence), (key, present) -> {
            Line joined = present == null ? new Line(key) : present;
            joined.waiting.add(caller);
            return joined;
        });
        if (line.begun.compareAndSet(false, true)) {
            serve(line);
        }
        return caller.result;
    }

    /** Asks for those who wait, until nobody does. */
    private void serve(Line line) {
        for (List<Caller> sharing = take(line); !sharing.isEmpty(); sharing = take(line)) {
            List<Caller> these = sharing;
            CompletableFuture<Long> ids = ask(these);
            boolean answered = ids.isDone();
            ids.whenComplete((first, failure) -> {
                settle(line, these, first, failure);
                if (!answered) {
                    serve(line); // with those of them who have come again meanwhile
                }
            });
            if (!answered) {
                return;
            }
        }
    }

    /** Those who share the next call; if there are none, the line is over. */
    private List<Caller> take(Line line) {
        List<Caller> sharing = new ArrayList<>();
        lines.compute(line.key, (key, present) -> {
            int ids = 0;
            int most = line.alone > 0 ? 1 : Integer.MAX_VALUE;
            while (!line.waiting.isEmpty() && sharing.size() < most) {
                Caller next = line.waiting.element();
                if (!next.result.isDone()) {
                    if (!sharing.isEmpty() && ids + next.count > NextIdOptions.MOST) {
                        break;
                    }
                    ids += next.count;
                    sharing.add(next);
                }
                line.waiting.remove();
                line.alone = Math.max(0, line.alone - 1);
            }
            return sharing.isEmpty() ? null : line;
        });
        return sharing;
    }

    private static CompletableFuture<Long> ask(List<Caller> sharing) {
        int count = 0;
        for (Caller caller : sharing) {
            count += caller.count;
        }
        return sharing.get(0).sequence.next(count);
    }

    private void settle(Line line, List<Caller> sharing, @Nullable Long first, @Nullable Throwable failure) {
        if (first != null) {
            long next = first;
            for (Caller caller : sharing) {
                caller.result.complete(next);
                next += caller.count;
            }
            return;
        }
        Throwable cause = Completion.causeOf(requireNonNull(failure));
        if (sharing.size() > 1 && cause instanceof IdsExhaustedException) {
            askOneByOne(line, sharing);
        } else {
            sharing.forEach(caller -> caller.result.completeExceptionally(cause));
        }
    }

    /** Puts those back for all of whom there are not enough ids: there may be for the first of them. */
    private void askOneByOne(Line line, List<Caller> sharing) {
        lines.computeIfPresent(line.key, (key, present) -> {
            for (int i = sharing.size() - 1; i >= 0; i--) {
                line.waiting.addFirst(sharing.get(i));
            }
            line.alone = sharing.size();
            return present;
        });
    }

    /** Who waits for the same, and as long for it. */
    private record LineKey(String sequence, Duration timeout, Duration masterTimeout) {

        static LineKey of(NextIdProtocol sequence) {
            NextIdOptions options = sequence.options();
            return new LineKey(sequence.key(), options.timeout(), options.masterTimeout());
        }
    }

    /** Those who wait for ids of one sequence. What it holds is read and changed while the map has its key locked. */
    private static final class Line {

        final LineKey key;
        final AtomicBoolean begun = new AtomicBoolean();
        final Deque<Caller> waiting = new ArrayDeque<>();
        int alone;

        Line(LineKey key) {
            this.key = key;
        }
    }

    /** Somebody who wants ids. */
    private static final class Caller {

        final NextIdProtocol sequence;
        final int count;
        final CompletableFuture<Long> result = new CompletableFuture<>();

        Caller(NextIdProtocol sequence, int count) {
            this.sequence = sequence;
            this.count = count;
        }
    }
}
