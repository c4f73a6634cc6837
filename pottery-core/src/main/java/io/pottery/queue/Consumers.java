package io.pottery.queue;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import io.pottery.queue.StoredQueue.Fate;
import io.pottery.queue.StoredQueue.Taken;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    /** How much longer than its time the first answer is waited for. */
    static final Duration STALL = Duration.ofMillis(500);

    /** How much longer than its time the end of the call is waited for that waits on the server. */
    private static final Duration GRACE = Duration.ofMillis(25);

    private static final int MOST = 1_000;

    private final StoredQueue stored;
    private final Held held;
    private final LostReplies lost;
    private final @Nullable ServerWait serverWait;
    private final Timer timer;
    private final Duration lookEvery;
    private final Duration patience;

    private Set<Request> fresh = new LinkedHashSet<>();
    private final Set<Request> waiting = new LinkedHashSet<>();
    private String consumer = LostReplies.newName();
    private boolean asking;
    private boolean paused;
    private boolean again;
    private int givingBack;
    private ElapsedClock.@Nullable Mark asked;
    private ElapsedClock.@Nullable Mark looked;

    /** How long after that the next consumer is dead, unless it tells that it is not; null if none can be. */
    private @Nullable Duration expiry;

    /**
     * Asks for nothing yet.
     *
     * @param reader waits on the server; null if its client cannot
     */
    Consumers(
            StoredQueue stored,
            Held held,
            Signals signals,
            @Nullable LettuceReader reader,
            Timer timer,
            Duration visibilityTimeout) {
        this.stored = stored;
        this.held = held;
        this.lost = new LostReplies(stored, held, timer, PATIENCE);
        this.serverWait = reader == null ? null : new ServerWait(stored, lost, signals, reader, timer, this::told);
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
            again = true;
        }
        advance();
    }

    /**
     * Gives back what this process was handed and nobody has seen. From then on it asks in another name, so that this
     * cannot be taken for what becomes of the same elements when it is handed them again.
     */
    void giveBack(Collection<Handed> unseen) {
        if (unseen.isEmpty()) {
            return;
        }
        synchronized (this) {
            consumer = LostReplies.newName();
            if (serverWait != null) {
                serverWait.rename();
            }
        }
        unseen.forEach(held::remove);
        List<Handed> elements = List.copyOf(unseen);
        stored.settle(elements, Collections.nCopies(elements.size(), Fate.UNSEEN))
                .whenComplete((results, failure) -> {
                    if (failure != null) {
                        elements.stream()
                                .map(handed -> handed.consumer)
                                .distinct()
                                .forEach(lost::abandon);
                    }
                });
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

    /** Ends a wait when its time is over, with the call that waits on the server if nobody else waits for that. */
    private void tooLate(Request request) {
        boolean ends;
        synchronized (this) {
            request.late = true;
            if (request.failure != null) {
                request.giveUp();
                return;
            }
            ends = request.answered && waitsForNobody();
        }
        if (ends) {
            advance();
            timer.after(GRACE, () -> askAtLast(request));
        } else {
            askAtLast(request);
        }
    }

    /** Asks once more for somebody who has waited: a server that has gone away meanwhile did not tell. */
    private void askAtLast(Request request) {
        synchronized (this) {
            if (waiting.remove(request)) {
                fresh.add(request);
            }
        }
        advance();
        Timer.Task alarm = timer.after(
                STALL,
                () -> request.result.completeExceptionally(
                        MasterException.unknown("no answer within %d ms".formatted(STALL.toMillis()), null)));
        request.result.whenComplete((handed, failure) -> alarm.cancel());
    }

    /** Does what is to be done next: ask for those who have come, or wait on the server for those who wait. */
    private void advance() {
        Round round;
        boolean forNobody;
        synchronized (this) {
            forNobody = waitsForNobody();
            round = asking || isHeld() ? null : nextRound();
            asking |= round != null;
        }
        if (forNobody && serverWait != null) {
            serverWait.requestEnd(this::advance);
        }
        if (round == null) {
            waitOnServer();
            return;
        }
        stored.take(round.consumer(), round.count(), round.waits(), round.looks(), round.returned())
                .whenComplete((taken, failure) -> answered(round, taken, failure));
    }

    /**
     * Whether something may be on its way that is to be asked for, so that nobody must be told that there is nothing:
     * in the call that waits on the server, until that has ended or somebody's time is over, or from here.
     */
    private boolean isHeld() {
        boolean ending = serverWait != null && serverWait.isEnding();
        return givingBack > 0 || (ending && fresh.stream().noneMatch(request -> request.late));
    }

    private @Nullable Round nextRound() {
        boolean looks = isOver(looked, expiry == null ? lookEvery : least(lookEvery, expiry));
        boolean forWaiting = again && !paused && !waiting.isEmpty();
        again &= paused;
        if (forWaiting && isWaiting()) {
            return new Round(consumer, Set.of(), Math.min(waiting.size(), MOST), looks, true);
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
        return batch.isEmpty() ? null : new Round(consumer, batch, Math.min(count, MOST), looks, false);
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
                handToOthers(elements);
            } else if (failure != null) {
                failed(round.requests(), failure);
                String next = lost.nextName(round.consumer(), failure);
                consumer = consumer.equals(round.consumer()) ? next : consumer;
            }
            givingBack += elements.size();
        }
        giveBackAndAdvance(elements);
    }

    private void giveBackAndAdvance(Collection<Handed> unseen) {
        giveBack(unseen);
        synchronized (this) {
            givingBack -= unseen.size();
        }
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
                request.giveUp();
            } else if (more) {
                next.add(request);
            } else if (request.waits()) {
                waiting.add(request);
            } else {
                request.giveUp();
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
                    again = true;
                }
                advance();
            });
        }
    }

    private boolean isWaiting() {
        return serverWait != null && serverWait.isUnderWay();
    }

    /** Whether a call waits on the server that would bring what nobody here waits for any more. */
    private boolean waitsForNobody() {
        return isWaiting() && waiting.stream().allMatch(request -> request.late);
    }

    /** Waits on the server for those who wait, unless that is under way. */
    private void waitOnServer() {
        ServerWait call;
        int count;
        synchronized (this) {
            if (waiting.isEmpty() || asking || paused || isWaiting()) {
                return;
            }
            if (serverWait == null) {
                PotteryException refusal = new PotteryException(
                        "Waiting for elements needs Lettuce, to be woken by the server: use a LettuceConnectionFactory, or poll() without a timeout");
                List.copyOf(waiting).forEach(request -> request.result.completeExceptionally(refusal));
                return;
            }
            Duration longest = longestPatience();
            count = count(longest);
            serverWait.begin(longest);
            call = serverWait;
        }
        call.send(count).whenComplete((brought, failure) -> waited(call, brought, failure));
    }

    private void waited(ServerWait call, @Nullable List<Handed> brought, @Nullable Throwable failure) {
        Deque<Handed> elements = new ArrayDeque<>();
        synchronized (this) {
            call.ended(failure);
            if (brought != null) {
                held.addAll(brought);
                elements.addAll(brought);
                handToOthers(elements);
                waiting.stream().filter(request -> request.late).toList().forEach(Request::giveUp);
                again |= !waiting.isEmpty() && (brought.isEmpty() || isOver(asked, patience));
            } else if (failure != null) {
                Throwable cause = Completion.causeOf(failure);
                if (!RedisKey.isReply(cause)) {
                    waiting.forEach(request -> request.failure = cause);
                }
                if (!RedisKey.mayPass(cause)) {
                    failed(Set.of(), cause);
                }
                pause();
            }
            givingBack += elements.size();
        }
        giveBackAndAdvance(elements);
    }

    /** Gives {@code elements} to those for whom nobody has asked. */
    private void handToOthers(Deque<Handed> elements) {
        hand(elements, waiting);
        hand(elements, fresh);
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

    /**
     * What is asked at once.
     *
     * @param consumer in which name
     * @param requests for whom
     * @param looks whether dead consumers are looked for
     * @param returned whether nothing is wanted but what was given back. While a call waits on the server, it brings
     *     those who wait what is new; and else it would bring what nobody here wants any more.
     */
    private record Round(String consumer, Set<Request> requests, int count, boolean looks, boolean returned) {

        boolean waits() {
            return returned || requests.stream().anyMatch(Request::waits);
        }
    }
}
