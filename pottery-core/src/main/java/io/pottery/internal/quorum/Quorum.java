package io.pottery.internal.quorum;

import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Independent masters that are asked all at once, until the outcome is certain. */
public final class Quorum {

    private static final Duration GRACE = Duration.ofMillis(3);
    private static final Duration ROLL_CALL = Duration.ofMillis(250);

    /**
     * For who begins: connecting has a timeout of its own. Who holds something waits for a connection no longer than
     * for an answer.
     */
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

    private final List<? extends RedisMaster> masters;
    private final Timer timer;
    private final CompletableFuture<Votes<Boolean>> everybody;
    private volatile boolean called;

    /** Creates a quorum of {@code masters}, each of which has one vote. */
    public Quorum(List<? extends RedisMaster> masters, Timer timer) {
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("A quorum needs at least one master");
        }
        this.masters = List.copyOf(masters);
        this.timer = timer;
        Votes<Boolean> yes = new Votes<>(masters.size());
        masters.forEach(master -> yes.answers().put(master, true));
        this.everybody = CompletableFuture.completedFuture(yes);
    }

    /** The masters, in the order in which they were given. */
    public List<? extends RedisMaster> masters() {
        return masters;
    }

    /**
     * Asks every master {@code question}. The future completes as soon as {@code decided} says so, all have answered or
     * {@code patience} is over, when those who are silent count as failed; it never fails itself.
     */
    public <T> CompletableFuture<Votes<T>> ask(
            Function<RedisMaster, ? extends CompletableFuture<T>> question,
            Duration patience,
            Predicate<Votes<T>> decided) {
        return ask(question, patience, decided, votes -> false);
    }

    /**
     * Like {@link #ask(Function, Duration, Predicate)}, but once {@code enough} says so, the silent ones get a moment
     * only.
     */
    public <T> CompletableFuture<Votes<T>> ask(
            Function<RedisMaster, ? extends CompletableFuture<T>> question,
            Duration patience,
            Predicate<Votes<T>> decided,
            Predicate<Votes<T>> enough) {
        Ballot<T> ballot = new Ballot<>(masters, decided, enough);
        for (RedisMaster master : masters) {
            question.apply(master).whenComplete((answer, failure) -> cast(ballot, master, answer, failure));
        }
        if (!ballot.result.isDone()) {
            // after a pause of the whole process, answers that are here already are read before the silent are counted
            Timer.Task impatience = timer.after(
                    patience,
                    () -> timer.after(
                            GRACE, () -> ballot.close("no answer within %d ms".formatted(patience.toMillis()))));
            ballot.result.whenComplete((votes, never) -> impatience.cancel());
        }
        return ballot.result;
    }

    private <T> void cast(Ballot<T> ballot, RedisMaster master, @Nullable T answer, @Nullable Throwable failure) {
        if (ballot.cast(master, answer, failure)) {
            Timer.Task moment =
                    timer.after(GRACE, () -> ballot.close("not waited for, because a majority had answered"));
            ballot.result.whenComplete((votes, never) -> moment.cancel());
        }
    }

    /** Has {@code question} asked of a master, unless it is stalled and {@code choosy} says that one can do without. */
    public static <T> CompletableFuture<T> unlessStalled(
            boolean choosy, RedisMaster master, Function<RedisMaster, CompletableFuture<T>> question) {
        return choosy && master.isStalled()
                ? CompletableFuture.failedFuture(MasterException.stalled(false))
                : question.apply(master);
    }

    /** Whether those who are not stalled are a majority; else it may be this process that has read nothing for long. */
    public boolean canDoWithoutTheStalled() {
        int stalled = 0;
        for (RedisMaster master : masters) {
            if (master.isStalled()) {
                stalled++;
            }
        }
        return stalled < (masters.size() + 1) / 2;
    }

    /** Connects to the masters that are not, and waits for all of them. */
    public CompletableFuture<Votes<Boolean>> connectAll() {
        return connectAll(CONNECT_PATIENCE);
    }

    /** Connects to the masters that are not, and waits {@code patience} for all of them. */
    public CompletableFuture<Votes<Boolean>> connectAll(Duration patience) {
        return ask(RedisMaster::connected, patience, votes -> false);
    }

    /** Connects to the masters that are not, for who has nothing to lose by waiting. */
    public CompletableFuture<Votes<Boolean>> connect() {
        return connect(CONNECT_PATIENCE);
    }

    /**
     * Connects to the masters that are not. Completes when a majority is or cannot be connected; the first time, it
     * also gives the others a moment. Those who are silent for {@code patience} count as failed.
     */
    public CompletableFuture<Votes<Boolean>> connect(Duration patience) {
        if (called) {
            if (areAllConnected()) {
                return everybody;
            }
            return ask(RedisMaster::connected, patience, votes -> votes.decided(connected -> connected));
        }
        return ask(RedisMaster::connected, ROLL_CALL, votes -> false).thenCompose(votes -> {
            called = true;
            return votes.carried(connected -> connected) ? CompletableFuture.completedFuture(votes) : connect(patience);
        });
    }

    private boolean areAllConnected() {
        for (RedisMaster master : masters) {
            CompletableFuture<Boolean> connected = master.connected();
            if (!connected.isDone() || connected.isCompletedExceptionally()) {
                return false;
            }
        }
        return true;
    }

    /** Counts votes as they come in, from whichever thread brings them. */
    private static final class Ballot<T> {

        final CompletableFuture<Votes<T>> result = new CompletableFuture<>();
        private final List<? extends RedisMaster> masters;
        private final Predicate<Votes<T>> decided;
        private final Predicate<Votes<T>> enough;
        private final Votes<T> votes;
        private boolean hurried;
        private boolean closed;

        Ballot(List<? extends RedisMaster> masters, Predicate<Votes<T>> decided, Predicate<Votes<T>> enough) {
            this.masters = masters;
            this.decided = decided;
            this.enough = enough;
            this.votes = new Votes<>(masters.size());
        }

        /** Counts a vote; returns whether this is the one after which the others get a moment only. */
        boolean cast(RedisMaster master, @Nullable T answer, @Nullable Throwable failure) {
            if (count(master, answer, failure)) {
                result.complete(votes);
                return false;
            }
            return hurries();
        }

        private synchronized boolean hurries() {
            if (closed || hurried || !enough.test(votes)) {
                return false;
            }
            hurried = true;
            return true;
        }

        /** Ends the ballot; those who are silent have failed for this reason. */
        void close(String reason) {
            if (giveUp(reason)) {
                result.complete(votes);
            }
        }

        /** Whether this vote has ended the ballot. */
        private synchronized boolean count(RedisMaster master, @Nullable T answer, @Nullable Throwable failure) {
            if (closed) {
                return false;
            }
            if (answer == null) {
                votes.failures().put(master, reason(failure));
            } else {
                votes.answers().put(master, answer);
            }
            closed = votes.outstanding() == 0 || decided.test(votes);
            return closed;
        }

        private synchronized boolean giveUp(String reason) {
            if (closed) {
                return false;
            }
            for (RedisMaster master : masters) {
                if (!votes.answers().containsKey(master)) {
                    votes.failures().putIfAbsent(master, MasterException.unknown(reason, null));
                }
            }
            closed = true;
            return true;
        }

        private static Throwable reason(@Nullable Throwable failure) {
            if (failure == null) {
                return MasterException.unknown("the answer was empty", null);
            }
            return Completion.causeOf(failure);
        }
    }
}
