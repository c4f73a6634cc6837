package io.pottery.lock;

import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.quorum.Votes;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.time.ElapsedClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The Redlock algorithm: what is asked of the masters for one lock, and what their answers mean. It keeps no state
 * between calls, and neither blocks nor starts a thread.
 *
 * <p>Source: Sanfilippo, "Distributed Locks with Redis". To it are added fencing tokens: each master counts the leases
 * it has granted, and a lease is given out only when a majority holds its token <em>and</em> the same, highest count.
 * Two leases share a master, where one came before the other, so their counts differ and are in order, whatever clocks
 * do.
 */
final class RedlockProtocol {

    private static final RedisScript<List<Object>> ACQUIRE = Lua.listScript(RedlockProtocol.class, "acquire.lua");
    private static final RedisScript<List<Object>> CONFIRM = Lua.listScript(RedlockProtocol.class, "confirm.lua");
    private static final RedisScript<List<Object>> EXTEND = Lua.listScript(RedlockProtocol.class, "extend.lua");
    private static final RedisScript<List<Object>> RELEASE = Lua.listScript(RedlockProtocol.class, "release.lua");
    private static final RedisScript<List<Object>> HOLDER = Lua.listScript(RedlockProtocol.class, "holder.lua");

    /** Longer than clocks may be apart, so that a fence which begins anew begins higher. */
    private static final String FENCE_MILLIS = Long.toString(Duration.ofDays(1).toMillis());

    /** Longer than a waiter sleeps. */
    private static final String MARK_MILLIS = "3000";

    private static final String NO_MARK = "0";
    private static final long NOT_WON = 0;

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1);

    private final LockKeys keys;
    private final RedlockOptions options;
    private final Surroundings world;
    private final WaitingLines lines;
    private final Duration patience;

    RedlockProtocol(LockKeys keys, RedlockOptions options, Surroundings world, WaitingLines lines) {
        this.keys = keys;
        this.options = options;
        this.world = world;
        this.lines = lines;
        this.patience = options.patience(world.masters().masters().size());
    }

    RedlockOptions options() {
        return options;
    }

    Surroundings world() {
        return world;
    }

    /** How long one master is waited for. */
    Duration patience() {
        return patience;
    }

    WaitingLines lines() {
        return lines;
    }

    /** The key, which is also the channel on which releases are told. */
    String name() {
        return keys.lock();
    }

    /**
     * Tries once to take the lock; {@code waits} has the holder tell of its release. What a failed try took is given
     * back, which nobody waits for. Fails if masters do not answer, and others are no majority.
     */
    CompletableFuture<Attempt> attempt(boolean waits) {
        return connected(
                world.masters().connect(),
                () -> ask(
                        waits,
                        votes -> votes.isCutOff()
                                ? connected(world.masters().connectAll(patience()), () -> ask(waits, none -> null))
                                : null));
    }

    private CompletableFuture<Attempt> connected(
            CompletableFuture<Votes<Boolean>> connected, Supplier<CompletableFuture<Attempt>> next) {
        return connected.thenCompose(votes -> {
            requirePossible(votes);
            return next.get();
        });
    }

    private CompletableFuture<Attempt> ask(
            boolean waits, Function<Votes<Answer>, @Nullable CompletableFuture<Attempt>> another) {
        Request request = new Request(token(), world.clock().mark(), options.autoReleaseTime());
        List<String> allKeys = List.of(keys.lock(), keys.fence(), keys.mark());
        List<String> args = List.of(request.token, millis(request.lease), FENCE_MILLIS, waits ? MARK_MILLIS : NO_MARK);
        boolean choosy = world.masters().canDoWithoutTheStalled();
        return world.masters()
                .ask(
                        master -> Quorum.unlessStalled(
                                choosy,
                                master,
                                asked -> asked.run(ACQUIRE, allKeys, args)
                                        .thenApply(Answer::of)
                                        .whenComplete((answer, failure) -> noted(request, asked, answer, failure))),
                        patience(),
                        votes -> votes.decided(Answer::yes))
                .thenCompose(votes -> {
                    if (votes.carried(Answer::yes)) {
                        return fenced(request, votes);
                    }
                    giveBack(request, votes);
                    CompletableFuture<Attempt> next = another.apply(votes);
                    return next == null ? lost(votes) : next;
                });
    }

    /**
     * Gives back what a master grants when it is not wanted any more, should the release have overtaken the request;
     * and remembers who may still grant it, because the connection was lost before the answer came.
     */
    private void noted(Request request, RedisMaster master, @Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null && Completion.causeOf(failure) instanceof MasterException lost && lost.sent()) {
            request.doubtful.add(master);
        }
        boolean mayBeGranted = request.doubtful.contains(master) || answer != null && answer.yes();
        if (request.over && mayBeGranted) {
            giveBack(master, request, request.gone());
        }
    }

    /** Wins if a majority has the same fence, and has it the highest; else raises it where it is behind. */
    private CompletableFuture<Attempt> fenced(Request request, Votes<Answer> votes) {
        long highest = 0;
        for (Answer answer : votes.answers().values()) {
            highest = answer.yes() ? Math.max(highest, answer.number()) : highest;
        }
        long fence = highest;
        if (votes.carried(answer -> answer.yes() && answer.number() == fence)) {
            return won(request, fence, votes);
        }
        List<String> args = List.of(request.token, Long.toString(fence), FENCE_MILLIS);
        return world.masters()
                .ask(
                        master -> master.run(CONFIRM, List.of(keys.lock(), keys.fence()), args)
                                .thenApply(Answer::of),
                        patience(),
                        confirmations -> confirmations.decided(Answer::yes))
                .thenCompose(confirmations -> {
                    if (confirmations.carried(Answer::yes)) {
                        return won(request, fence, votes);
                    }
                    giveBack(request, votes);
                    return lost(votes);
                });
    }

    private CompletableFuture<Attempt> won(Request request, long fence, Votes<Answer> votes) {
        Deadline deadline = new Deadline(request.sent, options.validity(request.lease));
        if (deadline.isOver()) {
            giveBack(request, votes);
            return lost(votes);
        }
        request.fence = fence;
        return CompletableFuture.completedFuture(
                new Attempt.Won(new HeldLease(this, request, deadline, holders(votes)).begun()));
    }

    private void giveBack(Request request, Votes<Answer> votes) {
        request.over = true;
        holders(votes).forEach(master -> giveBack(master, request, request.gone()));
    }

    /** What a try tells that took nothing. */
    private CompletableFuture<Attempt> lost(Votes<Answer> votes) {
        requirePossible(votes);
        List<Answer> held = votes.answers().values().stream()
                .filter(answer -> !answer.yes())
                .toList();
        boolean oneHolder = held.stream().map(Answer::holder).distinct().count() == 1;
        if (!oneHolder || held.size() + votes.majority() <= votes.masters()) {
            return CompletableFuture.completedFuture(new Attempt.Split());
        }
        // a majority is free when all but a minority of the masters are; those who have not answered may be free now
        List<Duration> left = held.stream().map(Answer::left).sorted().toList();
        Duration free = left.get(held.size() + votes.majority() - votes.masters() - 1);
        return CompletableFuture.completedFuture(
                new Attempt.Held(free, tells(held.get(0).holder())));
    }

    /** The masters that may have granted what was asked, or may still do. */
    private List<RedisMaster> holders(Votes<Answer> votes) {
        List<RedisMaster> holders = new ArrayList<>(votes.masters());
        for (RedisMaster master : world.masters().masters()) {
            if (mayHold(votes.answers().get(master), votes.failures().get(master))) {
                holders.add(master);
            }
        }
        return holders;
    }

    private static boolean mayHold(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer.yes();
        }
        return !(failure instanceof WrongTypeException)
                && !(failure instanceof MasterException master && !master.sent());
    }

    /** Lets the lease of {@code token} end {@code lease} from now. */
    CompletableFuture<Votes<Answer>> extend(String token, Duration lease) {
        return askConnected(master -> master.run(EXTEND, List.of(keys.lock()), List.of(token, millis(lease)))
                .thenApply(Answer::of));
    }

    /** Gives the lock back on its {@code holders}; goes on where that fails, until the key must be {@code gone}. */
    CompletableFuture<Votes<Answer>> release(Request request, List<RedisMaster> holders, Deadline gone) {
        request.over = true;
        return askConnected(master -> holders.contains(master)
                ? giveBack(master, request, gone)
                : CompletableFuture.completedFuture(Answer.NO));
    }

    /** Asks on behalf of a lease: also those who are stalled, though nobody waits for them. */
    private CompletableFuture<Votes<Answer>> askConnected(Function<RedisMaster, CompletableFuture<Answer>> question) {
        boolean choosy = world.masters().canDoWithoutTheStalled();
        return world.masters()
                .connect(patience())
                .thenCompose(connected -> world.masters()
                        .ask(
                                master -> unlessStalled(choosy && master.isStalled(), question.apply(master)),
                                patience(),
                                votes -> votes.decided(Answer::yes)));
    }

    private static CompletableFuture<Answer> unlessStalled(boolean stalled, CompletableFuture<Answer> answer) {
        return stalled ? CompletableFuture.failedFuture(MasterException.stalled(true)) : answer;
    }

    private CompletableFuture<Answer> giveBack(RedisMaster master, Request request, Deadline gone) {
        return giveBack(master, request, gone, FIRST_RETRY);
    }

    private CompletableFuture<Answer> giveBack(RedisMaster master, Request request, Deadline gone, Duration nextRetry) {
        List<String> allKeys = List.of(keys.lock(), keys.fence(), keys.mark());
        List<String> args = List.of(request.token, Long.toString(request.fence), FENCE_MILLIS);
        CompletableFuture<Answer> reply = master.run(RELEASE, allKeys, args).thenApply(Answer::of);
        reply.whenComplete((answer, failure) -> {
            // a server reads what is left of a lost connection after what has come over the next one
            boolean tooEarly = answer != null
                    && !answer.yes()
                    && request.doubtful.contains(master)
                    && nextRetry.compareTo(LAST_RETRY) < 0;
            if ((failure != null || tooEarly) && !gone.isOver()) {
                Duration twice = nextRetry.multipliedBy(2);
                Duration next = twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
                world.timer().after(nextRetry, () -> giveBack(master, request, gone, next));
            }
        });
        return reply;
    }

    /** Whether anybody holds a lease. */
    CompletableFuture<Boolean> isLocked() {
        return world.masters().connect().thenCompose(connected -> {
            requirePossible(connected);
            return world.masters()
                    .ask(
                            master -> master.run(HOLDER, List.of(keys.lock()), List.of()),
                            patience(),
                            votes -> mostHeld(votes) >= votes.majority() || !maybeHeld(votes))
                    .thenApply(votes -> {
                        requirePossible(votes);
                        boolean held = mostHeld(votes) >= votes.majority();
                        if (!held && maybeHeld(votes)) {
                            throw new QuorumNotAchievedException(
                                    "Nobody can tell whether '%s' is locked: a lease has %d of %d masters, and others did not answer"
                                            .formatted(keys.lock(), mostHeld(votes), votes.masters()),
                                    votes.failures());
                        }
                        return held;
                    });
        });
    }

    /** Whether a majority would hold the same token if those who have not answered did. */
    private static boolean maybeHeld(Votes<List<Object>> votes) {
        return mostHeld(votes) + votes.outstanding() + votes.failures().size() >= votes.majority();
    }

    /** The number of masters that hold the same token. */
    private static int mostHeld(Votes<List<Object>> votes) {
        List<Object> tokens =
                votes.answers().values().stream().flatMap(List::stream).toList();
        return tokens.stream()
                .mapToInt(token -> Collections.frequency(tokens, token))
                .max()
                .orElse(0);
    }

    /** Throws if so many masters failed that a majority is out of reach. */
    void requirePossible(Votes<?> votes) {
        votes.requirePossible("lock", keys.lock());
    }

    /** A UUID of version 8, which tells that its holder tells of its release; those of Python are of version 4. */
    private String token() {
        byte[] bytes = new byte[16];
        world.random().nextBytes(bytes);
        ByteBuffer random = ByteBuffer.wrap(bytes);
        long high = random.getLong() & ~0xF000L | 0x8000L;
        long low = random.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low).toString();
    }

    private static boolean tells(@Nullable String token) {
        return token != null && token.length() == 36 && token.charAt(14) == '8';
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** What a script answered: whether it did what it was asked, and a number and a text that say more. */
    record Answer(boolean yes, long number, @Nullable String holder) {

        static final Answer NO = new Answer(false, 0, null);

        private static final Duration FOR_EVER = Duration.ofDays(1);

        static Answer of(List<Object> reply) {
            return new Answer(
                    Long.valueOf(1).equals(reply.get(0)),
                    reply.size() > 1 ? (Long) reply.get(1) : 0,
                    reply.size() > 2 ? (String) reply.get(2) : null);
        }

        /** What the holder has left; a key that somebody made without an end has none. */
        Duration left() {
            return number < 0 ? FOR_EVER : Duration.ofMillis(number + 1);
        }
    }

    /** One try, from when it is sent until nothing of it is wanted any more. */
    static final class Request {

        final String token;
        final ElapsedClock.Mark sent;
        final Duration lease;
        final Set<RedisMaster> doubtful = ConcurrentHashMap.newKeySet(0);
        volatile long fence = NOT_WON;
        volatile boolean over;

        Request(String token, ElapsedClock.Mark sent, Duration lease) {
            this.token = token;
            this.sent = sent;
            this.lease = lease;
        }

        /** When no master can hold it any more, even if it was the last to hear of it. */
        Deadline gone() {
            return new Deadline(sent, lease.multipliedBy(2));
        }
    }
}
