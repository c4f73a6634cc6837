package io.pottery.cache;

import static java.util.Objects.requireNonNull;

import io.pottery.cache.CacheState.Decoded;
import io.pottery.cache.Lookup.Mode;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Completion;
import io.pottery.time.ElapsedClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call that wants an entry, step by step. Its caller does what each step says and asks for the next: by waiting, or
 * on whatever thread comes by. Not for two threads at a time.
 */
final class Call<V> {

    /** What to do next. */
    sealed interface Step<V> {}

    /**
     * Return the value.
     *
     * @param endsSoon whether it is to be computed anew behind
     */
    record Answer<V>(@Nullable V value, boolean endsSoon) implements Step<V> {}

    /** Return nothing: there is no entry, and no need for one. */
    record Absent<V>() implements Step<V> {}

    /** Throw what the computation failed with that this call has waited for. */
    record Failed<V>(Throwable failure) implements Step<V> {}

    /** Compute the value, and tell {@link #loaded} or {@link #failed}. */
    record Load<V>(Lookup.@Nullable Turn turn) implements Step<V> {}

    /** Ask again when this is complete, which never fails. */
    record Wait<V>(CompletableFuture<?> until) implements Step<V> {}

    private static final String PROCESS = UUID.randomUUID() + ":";
    private static final AtomicLong CALLS = new AtomicLong();

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final CacheState<V> state;
    private final byte[] field;
    private final String fieldText;
    private final Mode mode;
    private final Flight<V> flight;
    private final List<String> epochs = new ArrayList<>(2);
    private String epoch = "";
    private String unreadable = "";
    private boolean counted;
    private @Nullable Flight<V> following;
    private ElapsedClock.@Nullable Mark waiting;

    /** Begins a call; {@code thread} is to compute the value, or null if that is not one thread alone. */
    Call(CacheState<V> state, byte[] field, Mode mode, @Nullable Thread thread) {
        this.state = state;
        this.field = field;
        this.fieldText = new String(field, StandardCharsets.US_ASCII);
        this.mode = mode;
        this.flight = new Flight<>(thread, new CompletableFuture<>(), new AtomicReference<>());
    }

    /**
     * The next step.
     *
     * @throws PotteryException if Redis fails, and callers are to know
     */
    Step<V> next() {
        Flight<V> followed = following;
        following = null;
        flight.behind().set(null);
        Step<V> end = followed == null ? null : endOf(followed);
        if (end != null) {
            return end;
        }
        try {
            return ask();
        } catch (RuntimeException | Error e) {
            if (state.options().failOpen() && isOfRedis(e)) {
                return doWithoutRedis(e);
            }
            giveUp(); // so that those who follow ask for themselves
            throw e;
        }
    }

    @SuppressWarnings("NullAway") // which forgets the @Nullable of a type variable in the type of a member
    private @Nullable Step<V> endOf(Flight<V> followed) {
        CompletableFuture<@Nullable V> end = followed.end();
        if (end.isCancelled()) {
            return null;
        }
        if (end.isCompletedExceptionally()) {
            Throwable failure =
                    requireNonNull(end.handle((value, thrown) -> thrown).getNow(null));
            close(() -> flight.fail(failure));
            return new Failed<>(Completion.causeOf(failure));
        }
        V value = end.getNow(null);
        close(() -> flight.end().complete(value));
        return new Answer<>(value, false);
    }

    private Step<V> ask() {
        if (mode == Mode.GET && epochs.isEmpty() && state.entries().arePlain()) {
            byte[] json = state.entries().read(field);
            Decoded<V> decoded = json == null ? null : state.decode(json);
            if (decoded != null) {
                return hit(decoded);
            }
        }
        while (true) {
            Near.Moment asked = Near.Moment.now(state.near());
            String id = PROCESS + CALLS.incrementAndGet();
            if (mode == Mode.GET) {
                register(id);
            }
            Lookup found = state.entries().lookup(field, mode, id, epoch, unreadable);
            Step<V> step;
            if (found instanceof Lookup.Hit hit) {
                step = answer(hit, asked);
            } else if (found instanceof Lookup.Turn turn) {
                count(state.counters()::miss);
                step = new Load<>(turn);
            } else if (found instanceof Lookup.Busy busy && mode == Mode.GET) {
                count(state.counters()::miss);
                unregister(id);
                step = behind(busy);
            } else {
                count(state.counters()::miss);
                step = new Absent<>();
            }
            if (step != null) {
                return step;
            }
        }
    }

    /** The value of a hit; null if it cannot be read, and is to be looked up again without it. */
    private @Nullable Step<V> answer(Lookup.Hit hit, Near.Moment asked) {
        Decoded<V> decoded = state.decode(hit.json());
        if (decoded == null) {
            if (unreadable.isEmpty()) {
                state.counters().unreadable();
            }
            unreadable = sha1(hit.json());
            return null;
        }
        Near<V> near = state.near();
        if (near != null) {
            near.keep(fieldText, decoded, lifeOfCopy(decoded.value(), hit.life(), hit.left()), asked);
        }
        Duration ahead = refreshAhead(decoded.value());
        Answer<V> answer = hit(decoded);
        return ahead != null && hit.left() != null && hit.left().compareTo(ahead) < 0
                ? new Answer<>(decoded.value(), true)
                : answer;
    }

    private Answer<V> hit(Decoded<V> decoded) {
        count(state.counters()::hit);
        close(() -> flight.end().complete(decoded.value()));
        return new Answer<>(decoded.value(), false);
    }

    /** With how little left {@code value} is computed anew; null for never, as a null is: it ends soon as it is. */
    private @Nullable Duration refreshAhead(@Nullable V value) {
        return value == null ? null : state.options().refreshAhead();
    }

    /** What to do while another one computes the entry; null to look again now. */
    private @Nullable Step<V> behind(Lookup.Busy busy) {
        boolean first = !busy.epoch().equals(epoch);
        if (first) {
            Flight<V> other = state.flights().putIfAbsent(busy.epoch(), flight);
            if (other != null && !other.equals(flight)) {
                return follow(other);
            }
            epochs.add(busy.epoch());
            epoch = busy.epoch();
        }
        boolean endedHere = first && busy.epoch().startsWith(PROCESS);
        return endedHere || busy.lease().isZero() ? null : new Wait<>(pause(busy.lease()));
    }

    private Step<V> follow(Flight<V> other) {
        if (other.thread() != null && other.thread().equals(flight.thread())) {
            return new Load<>(null); // it calls itself, and would wait for itself
        }
        leave(); // those who follow this call do so still, and nobody else gets to
        if (!flight.follows(other)) {
            return new Load<>(null);
        }
        following = other;
        return new Wait<>(other.end().handle((value, failure) -> true));
    }

    /** Asks rarely for what takes long, so that the last wait is a small part of all. */
    private CompletableFuture<?> pause(Duration lease) {
        ElapsedClock.Mark since = waiting;
        if (since == null) {
            since = ElapsedClock.system().mark();
            waiting = since;
        }
        Duration pause = least(most(since.elapsed().dividedBy(10), SHORTEST_PAUSE), least(LONGEST_PAUSE, lease));
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        state.timer().after(pause, () -> over.complete(true));
        return over;
    }

    private Step<V> doWithoutRedis(Throwable failure) {
        count(state.counters()::failure);
        state.entries().complain(failure);
        if (mode == Mode.LOOK || mode == Mode.AHEAD) {
            return new Absent<>();
        }
        if (mode == Mode.GET) {
            String alone = "without Redis, after %d changes: %s"
                    .formatted(state.entries().changes(), fieldText);
            Flight<V> other = state.flights().putIfAbsent(alone, flight);
            if (other != null && !other.equals(flight)) {
                return follow(other);
            }
            epochs.add(alone);
        }
        return new Load<>(null);
    }

    /**
     * Stores what was computed, if {@code storeIf} likes it, and lets those who wait have it.
     *
     * @throws PotteryException if it cannot be stored, and callers are to know
     */
    void loaded(Load<V> load, @Nullable V value, Predicate<? super @Nullable V> storeIf) {
        byte[] json;
        try {
            boolean stores = load.turn() != null && (value != null || state.mayBeNull()) && storeIf.test(value);
            json = stores ? state.encode(value) : null;
        } catch (Throwable e) {
            failed(load, e);
            throw e;
        }
        try {
            end(load, json, value);
        } finally {
            close(() -> flight.end().complete(value));
        }
    }

    /** Lets another one compute what this call has failed to. */
    void failed(Load<V> load, Throwable failure) {
        try {
            end(load, null, null);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            close(() -> flight.fail(failure));
        }
    }

    /** Leaves those who follow to themselves. */
    void giveUp() {
        close(() -> flight.end().cancel(false));
    }

    private void end(Load<V> load, byte @Nullable [] json, @Nullable V value) {
        if (load.turn() == null) {
            return;
        }
        Near<V> near = state.near();
        Near.Moment asked = Near.Moment.now(near);
        Duration life = json == null ? null : state.entries().life(value == null);
        try {
            boolean stored = state.entries().store(field, load.turn(), json, life);
            if (stored && near != null && mode == Mode.GET) {
                near.keep(
                        fieldText,
                        new Decoded<>(value),
                        lifeOfCopy(value, state.options().timeout(), life),
                        asked);
            } else if (stored) {
                state.entries()
                        .forgetCopies(field); // for others have asked who have not got their answer, which is older
            }
        } catch (RuntimeException e) {
            if (!state.options().failOpen() || !isOfRedis(e)) {
                throw e;
            }
            state.counters().failure();
            state.entries().complain(e);
        }
    }

    /** Whether Redis failed, or the application is shutting down. */
    private static boolean isOfRedis(Throwable failure) {
        return failure instanceof PotteryException || failure instanceof IllegalStateException;
    }

    private void register(String id) {
        state.flights().put(id, flight);
        epochs.add(id);
    }

    private void unregister(String id) {
        epochs.remove(id);
        state.flights().remove(id, flight);
    }

    private void close(Runnable completion) {
        leave();
        completion.run();
    }

    private void leave() {
        epochs.forEach(each -> state.flights().remove(each, flight));
        epochs.clear();
        epoch = "";
    }

    private void count(Runnable counter) {
        if (!counted && mode != Mode.REFRESH && mode != Mode.AHEAD) {
            counted = true;
            counter.run();
        }
    }

    private static String sha1(byte[] json) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-1", e);
        }
    }

    /**
     * How long a copy may live of an entry that has {@code left} itself, in a cache that has {@code life}: until it is
     * to be computed ahead.
     */
    private @Nullable Duration lifeOfCopy(@Nullable V value, @Nullable Duration life, @Nullable Duration left) {
        if (left == null) {
            return life;
        }
        Duration ahead = refreshAhead(value);
        Duration own = ahead == null ? left : left.minus(ahead);
        return life == null ? own : least(life, own);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration most(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
