package io.pottery.queue;

import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import io.pottery.internal.quorum.Await;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.SynchronousMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.key.InefficientAccessListener;
import io.pottery.time.ElapsedClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * All queues in one Redis: what they have in common in this process. With Lettuce, they have one connection for what
 * they ask, one to be told of what would not wake them, and one for each queue for whose elements somebody waits.
 */
public final class Queues {

    /** How long to wait for a reply, if the application's own timeout is longer. */
    private static final Duration MAX_PATIENCE = Duration.ofSeconds(10);

    /** How long to wait for the size of a queue that is only looked at. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    /** For how long nobody is looked at again after that was in vain. */
    private static final Duration BLINK = Duration.ofSeconds(5);

    private static final int MOST_WATCHED = 100;

    private final Keyspace keyspace;
    private final @Nullable LettuceConnectionFactory lettuce;
    private final RedisMaster master;
    private final Signals signals;
    private final Timer timer;
    private final Duration patience;
    private final Map<LineKey, WeakReference<Line>> lines = new HashMap<>();
    private final BiConsumer<String, Supplier<Long>> opened;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final ElapsedClock clock = ElapsedClock.system();
    private volatile ElapsedClock.@Nullable Mark silentSince;

    /**
     * Queues in {@code keyspace}, which is behind {@code connections}. {@code opened} is told of each name, up to a
     * hundred, and how to have the size of that queue, which throws if it cannot be had soon.
     */
    public Queues(
            Keyspace keyspace,
            RedisConnectionFactory connections,
            Timer timer,
            BiConsumer<String, Supplier<Long>> opened) {
        this.opened = opened;
        this.keyspace = keyspace;
        this.timer = timer;
        if (connections instanceof LettuceConnectionFactory ofLettuce) {
            Duration timeout = ofLettuce.getClientConfiguration().getCommandTimeout();
            this.lettuce = ofLettuce;
            this.patience = timeout.compareTo(MAX_PATIENCE) < 0 ? timeout : MAX_PATIENCE;
            this.master = LettuceMaster.only(ofLettuce, patience);
        } else {
            this.lettuce = null;
            this.patience = MAX_PATIENCE;
            this.master = new SynchronousMaster(keyspace);
        }
        this.signals = new Signals(master);
    }

    /** The queue called {@code name}. */
    public <E> RedisSimpleQueue<E> named(
            String name, Codec<E> elements, QueueOptions options, InefficientAccessListener listener) {
        RedisKey key = keyspace.key(DataType.STREAM, name);
        String deadLetters = options.deadLetters();
        RedisKey dead = deadLetters == null ? null : keyspace.key(DataType.STREAM, deadLetters);
        if (dead != null && dead.equals(key)) {
            throw new IllegalArgumentException("%s cannot be its own queue for dead letters".formatted(key));
        }
        Line line = line(new LineKey(key.name(), options), () -> open(key, dead, options));
        if (watched.size() < MOST_WATCHED && watched.add(name)) {
            opened.accept(name, () -> size(line.stored));
        }
        return new RedisSimpleQueue<>(line, elements, listener);
    }

    /** Does not have all queues wait one after the other for a server that is silent. */
    private long size(StoredQueue stored) {
        ElapsedClock.Mark silent = silentSince;
        if (silent != null && silent.elapsed().compareTo(BLINK) < 0) {
            throw new PotteryException("Redis did not answer a moment ago");
        }
        try {
            long size = Await.uninterruptibly(() -> stored.sizeWithin(GLANCE));
            silentSince = null;
            return size;
        } catch (RuntimeException e) {
            silentSince = clock.mark();
            throw e;
        }
    }

    private Line open(RedisKey key, @Nullable RedisKey deadLetters, QueueOptions options) {
        LettuceReader reader = lettuce == null ? null : new LettuceReader(lettuce, timer);
        StoredQueue stored = new StoredQueue(key, deadLetters, options, master, timer, patience);
        return new Line(stored, options, signals, reader, timer, patience);
    }

    private synchronized Line line(LineKey key, Supplier<Line> opened) {
        lines.values().removeIf(line -> line.get() == null);
        WeakReference<Line> known = lines.get(key);
        Line line = known == null ? null : known.get();
        if (line == null) {
            line = opened.get();
            lines.put(key, new WeakReference<>(line));
        }
        return line;
    }

    private record LineKey(String key, QueueOptions options) {}
}
