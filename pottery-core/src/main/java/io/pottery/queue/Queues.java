package io.pottery.queue;

import io.pottery.codec.Codec;
import io.pottery.internal.redis.Keyspace;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.SynchronousMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.key.InefficientAccessListener;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    private final Keyspace keyspace;
    private final @Nullable LettuceConnectionFactory lettuce;
    private final RedisMaster master;
    private final Signals signals;
    private final Timer timer;
    private final Duration patience;
    private final Map<LineKey, WeakReference<Line>> lines = new HashMap<>();

    /** Queues in {@code keyspace}, which is behind {@code connections}. */
    public Queues(Keyspace keyspace, RedisConnectionFactory connections, Timer timer) {
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
        return new RedisSimpleQueue<>(
                line(new LineKey(key.name(), options), () -> open(key, dead, options)), elements, listener);
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
