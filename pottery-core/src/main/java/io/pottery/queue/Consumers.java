package io.pottery.queue;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.StreamEntry;
import io.pottery.internal.redis.Timer;
import io.pottery.queue.StoredQueue.Fate;
import io.pottery.queue.StoredQueue.Taken;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Those in this process who want elements of one queue, first come, first served. Whoever comes is asked for at once,
 * together with those who have come meanwhile. For those who find nothing and wait, one call waits on the server: it
 * wakes exactly one of the calls that wait there, of whatever process, with the element itself.
 *
 * <p>A reply that is lost may have handed something out. Its consumer's name is not used again then, and what it has,
 * and this process does not know of, is given back.
 */
final class Consumers {

    /** How long one call waits on the server, and dead consumers and returned elements may go unnoticed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How often dead consumers are looked for at the most, unless one is known to be so silent. */
    private static final Duration MAX_LOOK = Duration.ofSeconds(1);

    /** After which a server that is away is tried again. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long those who come wait at the most for a call to end that waits on the server for nobody. */
    private static final Duration HOLD = Duration.ofMillis(250);

    /** Within which a call that waits on the server ends by itself, or is tried once more to be ended. */
    private static final Duration SOON = Duration.ofMillis(5);

    /** How long an answer may be owed before those who have not the time to wait for it are told. */
    private static final Duration STALL = Duration.ofMillis(500);

    /** How long the connection that waits stays open when nobody waits. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final int MOST = 1_000;

    private static final String PROCESS = UUID.randomUUID() + ":";
    private static final AtomicLong NAMES = new AtomicLong();

    private final StoredQueue stored;
    private final Held held;
    private final Settlements settlements;
    private final Signals signals;
    private final @Nullable LettuceReader reader;
    private final Timer timer;
    private final Duration lookEvery;
    private final Duration patience;
    private final Runnable listener = this::told;

    private Set<Request> fresh = new LinkedHashSet<>();
    private final Set<Request> waiting = new LinkedHashSet<>();
    private final List<Abandoned> abandoned = new ArrayList<>();
    private String asker = newName();
    private String waiter = newName();
    private boolean asking;
    private boolean reading;
    private ElapsedClock.@Nullable Mark readSince;
    private Duration readPatience = Duration.ZERO;
    private ElapsedClock.@Nullable Mark stopping;
    private boolean paused;
    private boolean again;
    private boolean cleaning;
    private ElapsedClock.@Nullable Mark begun;
    private ElapsedClock.@Nullable Mark asked;
    private ElapsedClock.@Nullable Mark looked;

    /** How long after that the next consumer is dead, unless it tells that it is not; null if none can be. */
    private @Nullable Duration expiry;

    private ElapsedClock.Mark used = ElapsedClock.system().mark();

    /**
     * Asks for nothing yet.
     *
     * @param reader waits on the server; null if its client cannot
     */
    Consumers(
            StoredQueue stored,
            Held held,
            Settlements settlements,
            Signals signals,
            @Nullable LettuceReader reader,
            Timer timer,
            Duration visibilityTimeout) {
        this.stored = stored;
        this.held = held;
        this.settlements = settlements;
        this.signals = signals;
        this.reader = reader;
        this.timer = timer;
        this.lookEvery = least(visibilityTimeout.dividedBy(4), MAX_LOOK);
        this.patience = least(visibilityTimeout, PATIENCE);
    }

    /**
     * Wants up to {@code most} elements, and completes with at least one, or with none if there are none by
     * {@code timeout}; null waits for ever. Cancelling the future leaves, and gives back what was on its way.
     */
    CompletableFuture<List<Handed>> take(int most, @Nullable Duration timeout) {
        Request request = new Request(most, timeout);
        if (timeout != null && !timeout.isZero()) {
            Timer.Task alarm = timer.after(timeout, () -> tooLate(request));
            request.result.whenComplete((handed, failure) -> alarm.cancel());
        }
        request.result.whenComplete((handed, failure) -> left(request));
        synchronized (this) {
            fresh.add(request);
        }
        advance();
        return request.result;
    }

    /** An element was given back, or may have been. */
    private void told() {
        synchronized (this) {
            again = !waiting.isEmpty() || asking;
        }
        advance();
    }

    private void left(Request request) {
        synchronized (this) {
            fresh.remove(request);
            waiting.remove(request);
        }
        if (request.result.isCancelled()) {
            advance();
        }
    }

    private void tooLate(Request request) {
        Duration grace = request.grace();
        synchronized (this) {
            request.late = true;
            if (request.answered && !(reading && isForNobody())) {
                request.end();
                return;
            }
            if (request.answered) {
                grace = Request.GRACE; // for what may be on its way
            }
        }
        advance();
        timer.after(grace, () -> unanswered(request));
    }

    /** Ends a wait that was not long enough for an answer: without an element, unless Redis seems to be away. */
    private synchronized void unanswered(Request request) {
        if (asking && isOver(begun, STALL)) {
            request.result.completeExceptionally(
                    MasterException.unknown("no answer for " + STALL.toMillis() + " ms", null));
        } else {
            request.end();
        }
    }

    /** Does what is to be done next: ask for those who have come, or wait on the server for those who wait. */
    private void advance() {
        Round round;
        boolean stops;
        synchronized (this) {
            boolean over = reading && stopping == null && isForNobody();
            stops = over && !isOver(readSince, readPatience.minus(SOON));
            if (over) {
                stopping = ElapsedClock.system().mark();
                timer.after(HOLD, this::advance);
            }
            round = asking || isStopping() ? null : nextRound();
            if (round != null) {
                asking = true;
                begun = ElapsedClock.system().mark();
            }
        }
        if (stops) {
            stop();
        }
        if (round == null) {
            read();
            return;
        }
        stored.take(asker, round.count(), round.waits(), round.looks(), round.returned())
                .whenComplete((taken, failure) -> answered(round, taken, failure));
    }

    private @Nullable Round nextRound() {
        boolean looks = isOver(looked, expiry == null ? lookEvery : least(lookEvery, expiry));
        boolean forWaiting = again && !paused && !waiting.isEmpty();
        again &= paused;
        if (forWaiting && reading) {
            return new Round(Set.of(), Math.min(waiting.size(), MOST), looks, true);
        }
        Set<Request> batch = new LinkedHashSet<>();
        if (forWaiting) {
            batch.addAll(waiting);
            waiting.clear();
        } else if (!fresh.isEmpty() && fresh.iterator().next().most > 1) {
            batch.add(fresh.iterator().next());
        }
        if (batch.stream().allMatch(request -> request.most == 1)) {
            fresh.stream().takeWhile(request -> request.most == 1).limit(MOST).forEach(batch::add);
        }
        fresh.removeAll(batch);
        int count = batch.stream().mapToInt(request -> request.most).sum();
        return batch.isEmpty() ? null : new Round(batch, Math.min(count, MOST), looks, false);
    }

    private void answered(Round round, @Nullable Taken taken, @Nullable Throwable failure) {
        Deque<Handed> elements = new ArrayDeque<>();
        synchronized (this) {
            asking = false;
            if (taken != null) {
                asked = ElapsedClock.system().mark();
                if (round.looks()) {
                    looked = asked;
                    expiry = taken.expiry().orElse(null);
                }
                held.addAll(taken.handed());
                elements.addAll(taken.handed());
                hand(elements, round.requests());
                foundNothing(round.requests(), taken.more() || taken.handed().size() == MOST);
                hand(elements, waiting);
            } else if (failure != null) {
                failed(round.requests(), failure);
                asker = abandonedUnlessUnsent(asker, failure, Duration.ZERO);
            }
        }
        settlements.settleAll(elements, Fate.UNSEEN);
        cleanUp();
        advance();
    }

    private void foundNothing(Set<Request> batch, boolean more) {
        Set<Request> next = new LinkedHashSet<>();
        for (Request request : List.copyOf(batch)) {
            if (request.result.isDone()) {
                continue;
            }
            request.answered = true;
            request.failure = null;
            if (request.late) {
                request.end();
            } else if (more) {
                next.add(request);
            } else if (request.waits()) {
                waiting.add(request);
            } else {
                request.end();
            }
        }
        if (!next.isEmpty()) {
            next.addAll(fresh);
            fresh = next;
        }
    }

    /** Those who wait go on waiting if the server may be back in time; whoever does not wait is told. */
    private void failed(Set<Request> batch, Throwable failure) {
        boolean passes = RedisKey.mayPass(failure);
        List<Request> all = new ArrayList<>(batch);
        if (!passes) {
            all.addAll(waiting);
        }
        for (Request request : all) {
            if (request.result.isDone()) {
                continue;
            }
            request.answered = true;
            request.failure = failure;
            if (!passes || !request.waits() || request.late) {
                request.result.completeExceptionally(failure);
            } else {
                waiting.add(request);
            }
        }
        pause();
    }

    private void pause() {
        if (!paused) {
            paused = true;
            timer.after(PAUSE, () -> {
                synchronized (this) {
                    paused = false;
                    again = !waiting.isEmpty();
                }
                advance();
            });
        }
    }

    /** Whether the call that waits on the server would bring what nobody here waits for any more. */
    private boolean isForNobody() {
        return waiting.stream().allMatch(request -> request.late);
    }

    /** Whether that call is about to end. Until then, nobody is told that there is nothing: it may bring something. */
    private boolean isStopping() {
        return stopping != null && !isOver(stopping, HOLD);
    }

    /** Ends the call that waits on the server. It may not have got there yet. */
    private void stop() {
        Long client = reader == null ? null : reader.client();
        if (client != null) {
            stored.unblock(client).whenComplete((done, failure) -> {
                if (failure == null && !done) {
                    timer.after(SOON, this::stopAgain);
                }
            });
        }
    }

    private void stopAgain() {
        synchronized (this) {
            if (!reading || !isStopping()) {
                return;
            }
        }
        stop();
    }

    /** Waits on the server for those who wait. */
    private void read() {
        int count;
        Duration patience;
        synchronized (this) {
            if (waiting.isEmpty() || asking || reading || paused) {
                return;
            }
            if (reader == null) {
                PotteryException refusal = new PotteryException(
                        "Waiting for elements needs Lettuce, to be woken by the server: use a LettuceConnectionFactory, or poll() without a timeout");
                List.copyOf(waiting).forEach(request -> request.result.completeExceptionally(refusal));
                return;
            }
            patience = longestPatience();
            count = count(patience);
            reading = true;
            readSince = ElapsedClock.system().mark();
            readPatience = patience;
        }
        CompletableFuture<Boolean> listening = signals.listen(stored.key().name(), listener);
        if (!listening.isDone()) {
            listening.thenRun(this::told);
        }
        String name = waiter;
        reader.read(stored.key().name(), StoredQueue.GROUP, name, count, patience)
                .whenComplete((entries, failure) -> read(name, entries, failure));
    }

    private void read(String name, @Nullable List<StreamEntry> entries, @Nullable Throwable failure) {
        Deque<Handed> elements = new ArrayDeque<>();
        synchronized (this) {
            reading = false;
            stopping = null;
            used = ElapsedClock.system().mark();
            if (entries != null) {
                for (StreamEntry entry : entries) {
                    elements.add(new Handed(name, entry.id(), 1, entry.fields().getOrDefault("item", "")));
                }
                held.addAll(elements);
                hand(elements, waiting);
                waiting.stream().filter(request -> request.late).toList().forEach(Request::end);
                again |= !waiting.isEmpty() && (entries.isEmpty() || isOver(asked, patience));
            } else if (failure != null) {
                if (!RedisKey.isReply(failure)) {
                    waiter = abandonedUnlessUnsent(name, failure, PATIENCE.plus(LettuceReader.GRACE));
                    waiting.forEach(request -> request.failure = failure);
                }
                if (!RedisKey.mayPass(failure)) {
                    failed(Set.of(), failure);
                }
                pause();
            }
            if (waiting.isEmpty()) {
                timer.after(IDLE, this::closeIfIdle);
            }
        }
        settlements.settleAll(elements, Fate.UNSEEN);
        cleanUp();
        advance();
    }

    private void closeIfIdle() {
        synchronized (this) {
            if (reading || !waiting.isEmpty() || used.elapsed().compareTo(IDLE) < 0) {
                return;
            }
        }
        signals.unlisten(stored.key().name(), listener);
        if (reader != null) {
            reader.close();
        }
    }

    /** Gives {@code elements} to those of {@code requests} who still want some. */
    private static void hand(Deque<Handed> elements, Set<Request> requests) {
        while (!elements.isEmpty() && !requests.isEmpty()) {
            Request first = requests.iterator().next();
            requests.remove(first);
            List<Handed> share = new ArrayList<>();
            while (share.size() < first.most && !elements.isEmpty()) {
                share.add(elements.remove());
            }
            if (!first.result.complete(share)) {
                for (int i = share.size() - 1; i >= 0; i--) {
                    elements.addFirst(share.get(i));
                }
            }
        }
    }

    /** Remembers to give back what {@code name} may have been handed; returns the name to go on with. */
    private String abandonedUnlessUnsent(String name, Throwable failure, Duration later) {
        boolean unsent = Completion.causeOf(failure) instanceof MasterException unanswered && !unanswered.sent();
        if (unsent || RedisKey.isReply(failure)) {
            return name;
        }
        abandoned.add(new Abandoned(name, ElapsedClock.system().mark(), later));
        return newName();
    }

    private void cleanUp() {
        List<Abandoned> some;
        synchronized (this) {
            if (cleaning || abandoned.isEmpty()) {
                return;
            }
            cleaning = true;
            some = List.copyOf(abandoned);
        }
        timer.after(
                PAUSE,
                () -> CompletableFuture.allOf(
                                some.stream().map(this::giveBackAllOf).toArray(CompletableFuture<?>[]::new))
                        .whenComplete((done, failure) -> {
                            synchronized (this) {
                                cleaning = false;
                            }
                            cleanUp();
                        }));
    }

    private CompletableFuture<?> giveBackAllOf(Abandoned lost) {
        boolean last = lost.isOver();
        return stored.abandon(lost.name(), held.idsOf(lost.name())).whenComplete((done, failure) -> {
            synchronized (this) {
                if (failure == null ? last : !RedisKey.mayPass(failure)) {
                    abandoned.remove(lost);
                }
            }
        });
    }

    /** How many elements will be wanted for so long. */
    private int count(Duration patience) {
        long patient = waiting.stream()
                .map(Request::remaining)
                .filter(remaining -> remaining == null || remaining.compareTo(patience) > 0)
                .limit(MOST)
                .count();
        return (int) Math.max(1, patient);
    }

    private Duration longestPatience() {
        Duration most = looked == null || expiry == null ? patience : least(patience, expiry.minus(looked.elapsed()));
        Duration longest = Duration.ofMillis(1);
        for (Request request : waiting) {
            Duration remaining = request.remaining();
            if (remaining == null || remaining.compareTo(most) >= 0) {
                return most.compareTo(longest) > 0 ? most : longest;
            }
            longest = remaining.compareTo(longest) > 0 ? remaining : longest;
        }
        return longest;
    }

    private static boolean isOver(ElapsedClock.@Nullable Mark mark, Duration time) {
        return mark == null || mark.elapsed().compareTo(time) >= 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String newName() {
        return PROCESS + NAMES.incrementAndGet();
    }

    /**
     * What is asked at once.
     *
     * @param requests for whom
     * @param looks whether dead consumers are looked for
     * @param returned whether nothing is wanted but what was given back. While a call waits on the server, it brings
     *     those who wait what is new; and else it would bring what nobody here wants any more.
     */
    private record Round(Set<Request> requests, int count, boolean looks, boolean returned) {

        boolean waits() {
            return returned || requests.stream().anyMatch(Request::waits);
        }
    }

    /**
     * A consumer that may have been handed something without learning of it, until {@code later} after its call ended.
     */
    private record Abandoned(String name, ElapsedClock.Mark since, Duration later) {

        boolean isOver() {
            return Consumers.isOver(since, later);
        }
    }
}
