package io.pottery.internal.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.PoolException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One key on one Redis: the handle that every container holds, and the one way its commands go. Failures come out as
 * {@link PotteryException}s that name the key.
 */
public final class RedisKey {

    /** What to send, and how to take the reply. */
    @FunctionalInterface
    public interface Command<T> {

        /** Sends it; null stands for a nil reply. */
        @Nullable
        T on(RedisConnection connection);
    }

    private static final RedisScript<List<Object>> CALL = Lua.listScript(RedisKey.class, "call.lua");

    private static final RedisScript<Long> DELETE = Lua.script(RedisKey.class, "delete.lua", Long.class);

    private static final RedisScript<Boolean> LIFE = Lua.script(RedisKey.class, "life.lua", Boolean.class);

    private static final RedisScript<Boolean> POPULATE = Lua.script(RedisKey.class, "populate.lua", Boolean.class);

    private static final RedisScript<List<Object>> WHOLE = Lua.listScript(RedisKey.class, "whole.lua");
    private static final int MAX_SCRIPTED_WHOLE = 1_000;

    private static final byte[] COUNT = {'C', 'O', 'U', 'N', 'T'};
    private static final byte[] PAGE_SIZE = {'1', '0', '2', '4'};

    /** A million years or so: the server counts milliseconds since 1970 in 64 bits. */
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(365_000_000);

    private final RedisTemplate<String, byte[]> redis;
    private final DataType type;
    private final String name;
    private final byte[] bytes;
    private final @Nullable TemporaryLife life;
    private final @Nullable GroupCommit together;

    /** Creates the handle of {@code name}, which holds a value of {@code type} or nothing. */
    public RedisKey(RedisTemplate<String, byte[]> redis, DataType type, String name) {
        this(redis, type, name, null, null);
    }

    /**
     * Like the other one, for a key that lives {@code life} if that is not null, and whose calls may go
     * {@code together} unless that is null.
     */
    RedisKey(
            RedisTemplate<String, byte[]> redis,
            DataType type,
            String name,
            @Nullable TemporaryLife life,
            @Nullable GroupCommit together) {
        this.life = life;
        this.together = together;
        this.redis = redis;
        this.type = type;
        this.name = name;
        this.bytes = name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A key of the same Redis that can go into one script with this one, and holds a value of {@code type}; temporary
     * if this one is.
     */
    public RedisKey beside(DataType type, String what) {
        String beside = Keyspace.beside(name, what);
        return new RedisKey(
                redis,
                type,
                beside,
                life == null ? null : life.beside(new RedisKey(redis, DataType.NONE, beside)),
                together);
    }

    public RedisTemplate<String, byte[]> redis() {
        return redis;
    }

    public DataType type() {
        return type;
    }

    public String name() {
        return name;
    }

    /** The key as commands take it; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Runs one command, whose reply may be nil. */
    public <T> @Nullable T run(Command<T> command) {
        return run(command, List.of());
    }

    /** Like {@link #run(Command)}, for a command on this key and {@code others}. */
    <T> @Nullable T run(Command<T> command, List<RedisKey> others) {
        List<TemporaryLife> lives = lives(others);
        lives.forEach(TemporaryLife::requireOpen);
        return explained(
                others,
                () -> redis.execute((RedisConnection connection) -> {
                    if (connection.isQueueing() || connection.isPipelined()) {
                        throw new PotteryException(
                                "%s cannot be used inside a Redis transaction or pipeline: nothing was sent, call it outside"
                                        .formatted(this));
                    }
                    T reply = command.on(connection);
                    lives.forEach(each -> each.renewBehind(connection));
                    return reply;
                }));
    }

    /**
     * Runs {@code single}; or, if others call the like meanwhile, has {@code bulk} do the same with {@code args}, for
     * all of them. The reply may be nil.
     */
    public <T> @Nullable T run(Bulk<?, T> bulk, Command<T> single, byte[]... args) {
        return together == null || life != null ? run(single, bulk.others()) : together.call(this, bulk, single, args);
    }

    /** Like {@link #run(Bulk, Command, byte[]...)}, for one that {@code bulk} can do alone just as well. */
    public <R, T> @Nullable T run(Bulk<R, T> bulk, byte[]... args) {
        return run(
                bulk,
                connection -> bulk.replyTo(
                        0,
                        Pipeline.run(connection, List.of(bulk.step(this, List.<byte[][]>of(args))))
                                .get(0)),
                args);
    }

    /** Like {@link #run(Bulk, byte[]...)}; the reply is never nil. */
    public <R, T> T reply(Bulk<R, T> bulk, byte[]... args) {
        return present(run(bulk, args));
    }

    /** Like {@link #run(Bulk, Command, byte[]...)}; the reply is never nil. */
    public <T> T reply(Bulk<?, T> bulk, Command<T> single, byte[]... args) {
        return present(run(bulk, single, args));
    }

    /** Whether the thread has a connection of its own, say because of a transaction. */
    boolean isBound() {
        return TransactionSynchronizationManager.hasResource(redis.getRequiredConnectionFactory());
    }

    /** Whether the commands of all threads go over one connection. */
    boolean sharesConnection() {
        return redis.getConnectionFactory() instanceof LettuceConnectionFactory lettuce
                && lettuce.getShareNativeConnection();
    }

    /** Does {@code work}, whose failures then tell of this key and {@code others}. */
    <T extends @Nullable Object> T explained(List<RedisKey> others, Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | PoolException e) {
            throw Failures.translate(e, this, others);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("%s cannot be used: %s".formatted(this, e.getMessage()), e);
        }
    }

    /** Runs one command, whose reply is never nil. */
    public <T> T reply(Command<T> command) {
        return present(run(command));
    }

    /** Runs one command on this key and {@code others}; its reply is never nil. */
    public <T> T reply(Command<T> command, List<RedisKey> others) {
        return present(run(command, others));
    }

    /**
     * Runs a command that computes with what is stored, like {@link #run(Bulk, Command, byte[]...)}. Empty, with
     * nothing changed, if the server cannot: what is stored is no integer to it, or the result would not fit into 64
     * bits.
     */
    public <T> Optional<T> calculate(Bulk<?, T> bulk, Command<T> single, byte[]... args) {
        T result = run(
                bulk,
                connection -> {
                    try {
                        return single.on(connection);
                    } catch (DataAccessException e) {
                        if (Failures.isIncalculable(e)) {
                            return null;
                        }
                        throw e;
                    }
                },
                args);
        return Optional.ofNullable(result);
    }

    /** Runs {@code script} with this key as {@code KEYS[1]}; its reply may be nil. */
    public <T> @Nullable T run(RedisScript<T> script, byte[]... args) {
        return run(script, List.of(), args);
    }

    /** Runs {@code script} with this key as {@code KEYS[1]}; its reply is never nil. */
    public <T> T reply(RedisScript<T> script, byte[]... args) {
        return present(run(script, args));
    }

    /**
     * Runs {@code script} with this key as {@code KEYS[1]} and {@code others}, which are {@linkplain #isTogetherWith
     * together with} it, behind; its reply is never nil.
     */
    public <T> T reply(RedisScript<T> script, List<RedisKey> others, byte[]... args) {
        return present(run(script, others, args));
    }

    private <T> @Nullable T run(RedisScript<T> script, List<RedisKey> others, byte[]... args) {
        byte[][] keysAndArgs = behind(others, args);
        return run(connection -> evaluate(connection, script, 1 + others.size(), keysAndArgs), others);
    }

    /** Runs the command called {@code command} with this key and {@code args}; its reply is a list. */
    public <E> List<E> list(String command, byte[]... args) {
        return list(command, List.of(), args);
    }

    /** Like {@link #list(String, byte[]...)}, with {@code others} between this key and {@code args}. */
    @SuppressWarnings("unchecked") // the caller knows what its command replies
    public <E> List<E> list(String command, List<RedisKey> others, byte[]... args) {
        byte[][] keysAndArgs = behind(others, args);
        return present(run(
                connection -> (List<E>)
                        (connection instanceof LettuceConnection lettuce
                                ? lettuce.execute(command, new ArrayOutput<>(ByteArrayCodec.INSTANCE), keysAndArgs)
                                : call(connection, command, Arrays.copyOfRange(keysAndArgs, 1, keysAndArgs.length))),
                others));
    }

    /**
     * Like {@link #list(String, byte[]...)}, but in chunks that are atomic each; their replies are one list.
     *
     * @param stride how many arguments make one element
     */
    @SuppressWarnings("unchecked") // the caller knows what its command replies
    public <E extends @Nullable Object> List<E> lists(String command, List<byte[]> args, int stride) {
        List<E> all = new ArrayList<>();
        replies(command, args, stride, () -> new ArrayOutput<>(ByteArrayCodec.INSTANCE))
                .forEach(reply -> all.addAll((List<E>) reply));
        return all;
    }

    /**
     * Sends the command called {@code command} with this key and {@code args}, in chunks that are atomic each, and adds
     * up the replies.
     *
     * @param stride how many arguments make one element
     */
    public long sum(String command, List<byte[]> args, int stride) {
        long sum = 0;
        for (long reply : replies(command, args, stride, () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE))) {
            sum += reply;
        }
        return sum;
    }

    private <T> List<T> replies(
            String command, List<byte[]> args, int stride, Supplier<CommandOutput<byte[], byte[], T>> output) {
        List<CommandStep<T>> steps = new ArrayList<>(1);
        for (List<byte[]> chunk : Chunks.of(args, stride)) {
            steps.add(new CommandStep<>(this, command, chunk, output));
        }
        return replies(List.of(), steps);
    }

    /**
     * Runs {@code script} once for each of {@code chunks}, which are its arguments, with this key as {@code KEYS[1]}
     * and {@code others} behind. Each is atomic.
     */
    public <E> List<List<E>> replies(RedisScript<List<E>> script, List<RedisKey> others, List<byte[][]> chunks) {
        return replies(
                others,
                chunks.stream().map(chunk -> step(script, others, chunk)).toList());
    }

    /** {@code script} with this key as {@code KEYS[1]} and {@code others} behind, to be run later. */
    public <E> Pipeline.Step<List<E>> step(RedisScript<List<E>> script, List<RedisKey> others, byte[]... args) {
        return new ScriptStep<>(script, 1 + others.size(), behind(others, args));
    }

    private <T> List<T> replies(List<RedisKey> others, List<? extends Pipeline.Step<T>> steps) {
        if (steps.size() < 2 || lives(others).isEmpty()) {
            return steps.isEmpty() ? List.of() : run(others, steps);
        }
        List<T> replies = new ArrayList<>(run(others, steps.subList(0, 1))); // which gives the key its end
        replies.addAll(run(others, steps.subList(1, steps.size())));
        return replies;
    }

    private <T> List<T> run(List<RedisKey> others, List<? extends Pipeline.Step<T>> steps) {
        return reply(connection -> Pipeline.run(connection, steps), others);
    }

    /**
     * Reads all that the key holds by the command called {@code read}. A second round trip beyond 1,000 elements: the
     * server replies faster without Lua.
     *
     * @param size the command that tells how many elements there are
     * @throws PotteryException if they are too many for one step
     */
    @SuppressWarnings("unchecked") // the caller's command replies with bulk strings
    public List<byte[]> whole(String size, String read, byte[]... args) {
        List<Object> reply = reply(WHOLE, Lua.args(MAX_SCRIPTED_WHOLE, size, read, args));
        if (reply.size() == 2) {
            return (List<byte[]>) reply.get(1);
        }
        requireFewEnough((Long) reply.get(0));
        return list(read, args);
    }

    /**
     * Reads like {@link #whole}, what is to be written back: by a script, because the application may let replicas,
     * which may be behind, answer plain reads. One round trip.
     */
    @SuppressWarnings("unchecked") // the caller's command replies with bulk strings
    public List<byte[]> wholeOnMaster(String size, String read, byte[]... args) {
        List<Object> reply = reply(WHOLE, Lua.args(Chunks.MAX_WHOLE_ELEMENTS, size, read, args));
        requireFewEnough((Long) reply.get(0));
        return (List<byte[]>) reply.get(1);
    }

    /** Reads like {@link #list(String, byte[]...)}, what is to be written back: like {@link #wholeOnMaster}. */
    @SuppressWarnings("unchecked") // the caller knows what its command replies
    public <E extends @Nullable Object> List<E> listOnMaster(String command, byte[]... args) {
        return (List<E>) reply(CALL, Lua.args(command, args)).get(0);
    }

    /**
     * Refuses to read more elements than one step may take.
     *
     * @throws PotteryException if {@code elements} are too many
     */
    public void requireFewEnough(long elements) {
        if (elements > Chunks.MAX_WHOLE_ELEMENTS) {
            throw new PotteryException("%s has %d %s, too many for one step (limit %d): iterate over them instead"
                    .formatted(
                            this, elements, type == DataType.HASH ? "entries" : "elements", Chunks.MAX_WHOLE_ELEMENTS));
        }
    }

    /**
     * Fills the key by the command called {@code command} in one step, if it does not exist yet.
     *
     * @throws KeyExistsException if it exists
     */
    public void populate(String command, List<byte[]> args, int stride) {
        if (!reply(POPULATE, Lua.args(command, Chunks.packed(this, args, stride)))) {
            throw exists();
        }
    }

    /** Says that the key, which was to be filled, exists. */
    public KeyExistsException exists() {
        DataType found = typeFound();
        return new KeyExistsException("%s exists already%s"
                .formatted(
                        this,
                        found == type
                                ? ": open it without populating it, or clear() it before"
                                : ", and holds a %s: use another name".formatted(found.code())));
    }

    /** Explains why what was asked of a {@link RedisMaster} for this key failed, and for {@code others}. */
    public PotteryException explain(PotteryException failure, List<RedisKey> others) {
        return failure instanceof MasterException || failure instanceof WrongTypeException
                ? Failures.translate((Throwable) failure, this, others)
                : failure;
    }

    /** Whether the server has said itself that it has not done what it was asked. */
    public static boolean isReply(Throwable failure) {
        return Failures.isReply(Completion.causeOf(failure));
    }

    /** Whether what failed may succeed when it is tried again. */
    public static boolean mayPass(Throwable failure) {
        return Failures.isPassing(Completion.causeOf(failure));
    }

    /**
     * For how long the key may live from now if it is temporary; empty if it is not.
     *
     * @throws PotteryException if it was temporary and has been closed
     */
    public Optional<Duration> temporaryLife() {
        if (life == null) {
            return Optional.empty();
        }
        life.requireOpen();
        return Optional.of(TemporaryLife.REMAINDER);
    }

    /** Reads one page of a hash or set by HSCAN or SSCAN; no connection is held in between. */
    public ScanPage scan(String command, byte[] cursor) {
        return ScanPage.of(list(command, cursor, COUNT, PAGE_SIZE));
    }

    /** Deletes the key unless it holds another type; the server frees a large value in the background. */
    public void delete() {
        delete(List.of());
    }

    /** Like {@link #delete()}, with {@code companions}. */
    public void delete(List<RedisKey> companions) {
        byte[][] types = Stream.concat(Stream.of(this), companions.stream())
                .map(key -> key.type.code().getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        reply(DELETE, companions, types);
    }

    /** What the key holds just now. */
    public DataType typeFound() {
        return reply(connection -> connection.keyCommands().type(bytes));
    }

    /** Lets the key end after {@code timeToLive}, rounded up to a millisecond; false if there is no such key. */
    public boolean expire(Duration timeToLive) {
        long millis = requireTimeToLive(timeToLive);
        return reply(connection -> connection.keyCommands().pExpire(bytes, millis));
    }

    /** Like {@link #expire(Duration)}, with {@code companions}, which end when this key does. */
    public boolean expire(Duration timeToLive, List<RedisKey> companions) {
        return reply(LIFE, companions, Lua.args("PEXPIRE", requireTimeToLive(timeToLive)));
    }

    private long requireTimeToLive(Duration timeToLive) {
        requireNonNull(timeToLive, "timeToLive must not be null");
        OptionalLong millis = millis(timeToLive);
        if (timeToLive.isZero() || timeToLive.isNegative() || millis.isEmpty()) {
            throw new IllegalArgumentException(
                    "The time to live of %s must be more than zero and at most %s, was %s; clear() removes everything now"
                            .formatted(this, MAX_TIME_TO_LIVE, timeToLive));
        }
        return millis.getAsLong();
    }

    /** A time to live as Redis takes it, rounded up to a millisecond; empty if it is longer than Redis can hold. */
    public static OptionalLong millis(Duration timeToLive) {
        return timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(timeToLive.plusNanos(999_999).toMillis());
    }

    /** How long the key has to live; empty if it has no end, or does not exist. */
    public Optional<Duration> timeToLive() {
        long millis = reply(connection -> connection.keyCommands().pTtl(bytes));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /** Takes the end of the key's life away; false if it had none, or does not exist. */
    public boolean persist() {
        return reply(connection -> connection.keyCommands().persist(bytes));
    }

    /** Like {@link #persist()}, with {@code companions}. */
    public boolean persist(List<RedisKey> companions) {
        return reply(LIFE, companions, Lua.args("PERSIST"));
    }

    /** Whether one command can take both keys: they are on one Redis and, in a cluster, in one slot. */
    public boolean isTogetherWith(RedisKey other) {
        return redis.getConnectionFactory() == other.redis.getConnectionFactory()
                && (slot() == other.slot() || !reply(connection -> connection instanceof RedisClusterConnection));
    }

    private List<TemporaryLife> lives(List<RedisKey> others) {
        if (others.isEmpty()) {
            return life == null ? List.of() : List.of(life);
        }
        List<TemporaryLife> lives = life == null ? new ArrayList<>(0) : new ArrayList<>(List.of(life));
        for (RedisKey other : others) {
            if (other.life != null) {
                lives.add(other.life);
            }
        }
        return lives;
    }

    private int slot() {
        return ClusterSlotHashUtil.calculateSlot(bytes);
    }

    /** Whether both are one key on one Redis, as far as can be told without asking it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisKey that
                && redis.getConnectionFactory() == that.redis.getConnectionFactory()
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "'" + name + "'";
    }

    static <T> @Nullable T evaluate(RedisConnection connection, RedisScript<T> script, int keys, byte[][] keysAndArgs) {
        ReturnType reply = ReturnType.fromJavaType(script.getResultType());
        try {
            return connection.scriptingCommands().evalSha(script.getSha1(), reply, keys, keysAndArgs);
        } catch (DataAccessException e) {
            if (!Failures.isUnknownScript(e)) {
                throw e;
            }
            byte[] text = script.getScriptAsString().getBytes(StandardCharsets.UTF_8);
            return connection.scriptingCommands().eval(text, reply, keys, keysAndArgs);
        }
    }

    /** Runs a command by way of a script, which any client can be told to take any reply from. */
    @Nullable
    Object call(RedisConnection connection, String command, byte[][] args) {
        List<?> reply = evaluate(connection, CALL, 1, behind(List.of(), Lua.args(command, args)));
        return reply == null ? null : reply.get(0);
    }

    private byte[][] behind(List<RedisKey> others, byte[][] args) {
        byte[][] otherKeys = new byte[others.size()][];
        for (int i = 0; i < otherKeys.length; i++) {
            otherKeys[i] = others.get(i).bytes;
        }
        return Lua.args(bytes, otherKeys, args);
    }

    private <T> T present(@Nullable T reply) {
        if (reply == null) {
            throw new PotteryException("Redis sent no reply for %s".formatted(this));
        }
        return reply;
    }
}
