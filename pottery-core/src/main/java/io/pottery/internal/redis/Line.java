package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;

/**
 * The calls of one kind on one key: how many are under way, and those that wait to go out together. They do when so few
 * are under way that one could go alone, or when the first of them has waited for long enough. Whoever finds that out
 * sends them: a thread whose call is over, the one that delivers a reply, or the first one itself. None of them waits
 * for the reply to the others.
 *
 * @param <R> what the server replies to those that went together
 * @param <T> what each of them is owed
 */
final class Line<R, T> {

    private static final LettuceExceptionConverter EXCEPTIONS = new LettuceExceptionConverter();
    private static final int MAX_CALLS = 256;
    private static final int MAX_BYTES = 64 << 10;

    /** How many calls there are in a crowd, for each that may go alone; with fewer, giving way delays some of them. */
    private static final int CROWD = 3;

    /** How many calls after one that found a crowd are taken to be in it. */
    private static final int CROWD_STAYS = 2048;

    /**
     * How often who waits in a crowd gives way to other threads before it sleeps. The processors are busy then, so that
     * those others gather calls or bring the reply meanwhile, and nobody has to be put to sleep and woken, which costs
     * more than the call.
     */
    private static final int YIELDS = 4;

    private final RedisKey key;
    private final Bulk<R, T> bulk;
    private final int alone;
    private final Duration hold;
    private final Consumer<Line<R, T>> whenOver;
    private volatile @Nullable AbstractRedisAsyncCommands<byte[], byte[]> lettuce;
    private List<Call<T>> waiting = new ArrayList<>();
    private int underWay;
    private int inCrowd; // how many of the calls to come are
    private boolean over;

    /**
     * Begins a line.
     *
     * @param alone how many calls may be under way before others wait
     * @param hold how long the first of those waits at most
     * @param whenOver is told when none is under way any more; must not wait
     */
    Line(RedisKey key, Bulk<R, T> bulk, int alone, Duration hold, Consumer<Line<R, T>> whenOver) {
        this.key = key;
        this.bulk = bulk;
        this.alone = alone;
        this.hold = hold;
        this.whenOver = whenOver;
    }

    /** Begins a call that goes alone over {@code lettuce}; false if the line is over. */
    boolean enter(AbstractRedisAsyncCommands<byte[], byte[]> lettuce) {
        use(lettuce);
        return entered();
    }

    private synchronized boolean entered() {
        if (!over) {
            underWay++;
        }
        return !over;
    }

    /** Has those that go together from now on go over {@code latest}, the connection that the application has now. */
    void use(AbstractRedisAsyncCommands<byte[], byte[]> latest) {
        if (isOpen(latest) || !isOpen(lettuce)) {
            lettuce = latest;
        }
    }

    private static boolean isOpen(@Nullable AbstractRedisAsyncCommands<byte[], byte[]> lettuce) {
        return lettuce != null && lettuce.getConnection().isOpen();
    }

    /** Ends a call that went alone. */
    void left() {
        List<Call<T>> next = ended(1);
        if (!next.isEmpty()) {
            send(next);
        }
    }

    /** Has a call with {@code args} wait for others; null if it is to go alone. */
    @Nullable
    Call<T> join(byte[][] args) {
        return isOpen(lettuce) && bytesOf(args) <= MAX_BYTES ? enqueued(args) : null;
    }

    private synchronized @Nullable Call<T> enqueued(byte[][] args) {
        if (underWay < alone) {
            return null;
        }
        inCrowd = underWay + waiting.size() >= CROWD * alone ? CROWD_STAYS : Math.max(0, inCrowd - 1);
        Call<T> call = new Call<>(args, waiting.isEmpty(), inCrowd > 0);
        waiting.add(call);
        return call;
    }

    /**
     * What became of a call that went with others.
     *
     * @param refused whether nothing was done for it, so that it is to be made alone
     */
    record Outcome<T>(boolean refused, @Nullable T reply) {}

    /** Waits for the reply to {@code call}: from when it is sent, as long as Lettuce waits for one to a command. */
    Outcome<T> await(Call<T> call) {
        Duration timeout = Pipeline.timeout(Objects.requireNonNull(lettuce));
        try {
            return call.isFirst ? awaitAsFirst(call, timeout) : call.await(timeout);
        } catch (ExecutionException e) {
            throw converted(Completion.causeOf(Objects.requireNonNull(e.getCause())));
        } catch (TimeoutException e) {
            giveUp(call);
            throw converted(new RedisCommandTimeoutException(
                    "Command timed out after %d millisecond(s)".formatted(timeout.toMillis())));
        } catch (InterruptedException e) {
            giveUp(call);
            Thread.currentThread().interrupt();
            throw converted(new RedisCommandInterruptedException(e));
        }
    }

    private Outcome<T> awaitAsFirst(Call<T> first, Duration timeout)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return first.await(hold);
        } catch (TimeoutException e) {
            send(begun(first));
            return first.await(timeout);
        }
    }

    /**
     * Leaves the others alone: those behind {@code call} are sent if it was to do that. If it is being sent itself,
     * that is over when this returns, so that it cannot overtake what its caller does next.
     */
    void giveUp(Call<T> call) {
        call.reply.cancel(false);
        if (isWithdrawn(call)) {
            if (call.isFirst) {
                send(begunAll());
            }
            return;
        }
        Batch<?, T> batch = call.batch;
        while (batch == null) {
            Thread.yield();
            batch = call.batch;
        }
        batch.cancelIfAllHaveLeft();
    }

    private synchronized boolean isWithdrawn(Call<T> call) {
        return waiting.remove(call);
    }

    private synchronized List<Call<T>> begunAll() {
        return begun();
    }

    private static RuntimeException converted(Throwable failure) {
        RuntimeException unchecked = failure instanceof RuntimeException e ? e : new RedisException(failure);
        return Objects.requireNonNullElse(EXCEPTIONS.convert(unchecked), unchecked);
    }

    /** Ends {@code calls} that were under way, and begins those that wait if one could go alone now. */
    private synchronized List<Call<T>> ended(int calls) {
        underWay -= calls;
        List<Call<T>> next = underWay < alone ? begun() : List.of();
        if (underWay == 0) {
            over = true;
            whenOver.accept(this);
        }
        return next;
    }

    /** Begins those that wait, if {@code first} is still the first of them. */
    private synchronized List<Call<T>> begun(Call<T> first) {
        return waiting.isEmpty() || waiting.get(0) != first ? List.of() : begun();
    }

    private List<Call<T>> begun() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Call<T>> begun = waiting;
        waiting = new ArrayList<>();
        underWay += begun.size();
        return begun;
    }

    /** Sends {@code calls} together, and when their reply is there those that wait then. */
    private void send(List<Call<T>> calls) {
        Queue<Batch<R, T>> ready = new ArrayDeque<>(batches(calls));
        while (!ready.isEmpty()) {
            Batch<R, T> batch = ready.remove();
            CompletableFuture<R> reply = sent(batch);
            boolean answered = reply.isDone();
            reply.whenComplete((all, failure) -> {
                try {
                    List<Call<T>> next = ended(batch.calls.size());
                    if (answered) {
                        ready.addAll(batches(next)); // while a connection refuses all, the stack must not grow
                    } else {
                        send(next);
                    }
                } finally {
                    batch.settle(bulk, all, failure);
                }
            });
        }
    }

    private CompletableFuture<R> sent(Batch<R, T> batch) {
        CompletableFuture<R> reply;
        try {
            List<byte[][]> args = batch.calls.stream().map(call -> call.args).toList();
            reply = bulk.step(key, args).askOn(Objects.requireNonNull(lettuce));
        } catch (RuntimeException | Error e) {
            reply = CompletableFuture.failedFuture(e);
        }
        batch.isSentFor(reply);
        return reply;
    }

    /** Cuts {@code calls} into commands that do not hold up the server. */
    private List<Batch<R, T>> batches(List<Call<T>> calls) {
        List<Batch<R, T>> batches = new ArrayList<>(1);
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < calls.size(); i++) {
            int size = bytesOf(calls.get(i).args);
            if (i - start == MAX_CALLS || bytes + size > MAX_BYTES) {
                batches.add(new Batch<>(calls.subList(start, i)));
                start = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (start < calls.size()) {
            batches.add(new Batch<>(calls.subList(start, calls.size())));
        }
        return batches;
    }

    private static int bytesOf(byte[][] args) {
        int bytes = 0;
        for (byte[] arg : args) {
            bytes += arg.length;
        }
        return bytes;
    }

    /** A call that waits: until it is sent, and then for its reply. */
    static final class Call<T> {

        private final byte[][] args;
        private final boolean isFirst;
        private final boolean isInCrowd;
        private final CompletableFuture<Outcome<T>> reply = new CompletableFuture<>();
        private volatile @Nullable Batch<?, T> batch; // once it is sent

        private Call(byte[][] args, boolean isFirst, boolean isInCrowd) {
            this.args = args;
            this.isFirst = isFirst;
            this.isInCrowd = isInCrowd;
        }

        /** Whether it is the one that looks after the others. */
        boolean isFirst() {
            return isFirst;
        }

        /** Waits for the reply; without end if {@code timeout} is zero, as Lettuce does. */
        private Outcome<T> await(Duration timeout) throws ExecutionException, InterruptedException, TimeoutException {
            for (int i = 0; isInCrowd && i < YIELDS && !reply.isDone(); i++) {
                Thread.yield();
            }
            return reply.get(timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Calls that have gone together. */
    private static final class Batch<R, T> {

        final List<Call<T>> calls;
        private @Nullable CompletableFuture<R> reply;

        Batch(List<Call<T>> calls) {
            this.calls = calls;
        }

        void isSentFor(CompletableFuture<R> reply) {
            this.reply = reply;
            calls.forEach(call -> call.batch = this);
        }

        /** Gives each its own. */
        void settle(Bulk<R, T> bulk, @Nullable R all, @Nullable Throwable failure) {
            boolean refused = failure != null && bulk.goesAloneIfRefused() && Failures.isRefusal(failure);
            for (int i = 0; i < calls.size(); i++) {
                CompletableFuture<Outcome<T>> own = calls.get(i).reply;
                try {
                    if (failure != null && !refused) {
                        own.completeExceptionally(failure);
                    } else if (all == null || bulk.isLeftOut(i, all)) {
                        own.complete(new Outcome<>(true, null));
                    } else {
                        own.complete(new Outcome<>(false, bulk.replyTo(i, all)));
                    }
                } catch (RuntimeException | Error e) {
                    own.completeExceptionally(e);
                }
            }
        }

        /** Takes the command back, if it can be, when nobody waits for it any more. */
        void cancelIfAllHaveLeft() {
            if (reply != null && calls.stream().allMatch(call -> call.reply.isDone())) {
                reply.cancel(true);
            }
        }
    }
}
