package io.pottery.internal.redis;

import static java.util.Objects.requireNonNullElse;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.pottery.internal.redis.LettuceClient.Link;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Waits for the entries of a stream, over a connection of its own, because the server does nothing else for a
 * connection meanwhile. It is opened when somebody waits, and anew when it is lost. For one call at a time.
 */
public final class LettuceReader {

    /** How much later than asked for a reply may come before the connection is given up. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final LettuceClient client;
    private final Timer timer;
    private volatile boolean unblockable;
    private volatile Duration longest = Duration.ofDays(1);
    private @Nullable Link link;
    private @Nullable Long id;

    /** Waits on the Redis behind {@code connections}; connects when it is first asked to. */
    public LettuceReader(LettuceConnectionFactory connections, Timer timer) {
        this.client = new FactoryClient(connections);
        this.unblockable = !connections.isClusterAware(); // else each server has another name for it
        this.timer = timer;
    }

    /**
     * Waits until {@code group} has not delivered all of {@code stream}, for {@code patience} at most, and hands out up
     * to {@code count} entries to {@code consumer}. What a failure kept from being read may have been handed out, also
     * up to {@code patience} later.
     */
    public CompletableFuture<List<StreamEntry>> read(
            String stream, String group, String consumer, int count, Duration patience) {
        CompletableFuture<List<StreamEntry>> entries = new CompletableFuture<>();
        Timer.Task alarm = timer.after(CONNECT, () -> {
            if (entries.completeExceptionally(MasterException.notSent("it cannot be connected to in time", null))) {
                close();
            }
        });
        connected().whenComplete((open, failure) -> {
            alarm.cancel();
            if (open == null) {
                entries.completeExceptionally(
                        MasterException.notSent(Failures.reason(failure, client.properties()), failure));
            } else if (!entries.isDone()) {
                read(entries, open, stream, Consumer.from(group, consumer), count, patience);
            }
        });
        return entries;
    }

    @SuppressWarnings("unchecked") // Lettuce takes an array of generics
    private void read(
            CompletableFuture<List<StreamEntry>> entries,
            Link open,
            String stream,
            Consumer<String> consumer,
            int count,
            Duration wanted) {
        Duration patience = wanted.compareTo(longest) < 0 ? wanted : longest;
        ElapsedClock.Mark since = ElapsedClock.system().mark();
        Timer.Task alarm = timer.after(patience.plus(GRACE), () -> {
            if (entries.completeExceptionally(MasterException.unknown("it did not answer in time", null))) {
                open.close();
            }
        });
        open.connection().setTimeout(patience.plus(GRACE));
        open.commands()
                .xreadgroup(consumer, XReadArgs.Builder.block(patience).count(count), StreamOffset.lastConsumed(stream))
                .whenComplete((messages, failure) -> {
                    alarm.cancel();
                    if (failure == null) {
                        entries.complete(requireNonNullElse(messages, List.<StreamMessage<String, String>>of()).stream()
                                .map(LettuceReader::entry)
                                .toList());
                        return;
                    }
                    if (failure instanceof RedisCommandTimeoutException) {
                        longest = since.elapsed().dividedBy(2); // the application has set a shorter timeout for all
                    }
                    if (!(failure instanceof RedisCommandExecutionException)) {
                        open.close();
                    }
                    entries.completeExceptionally(
                            MasterException.unknown(Failures.reason(failure, client.properties()), failure));
                });
    }

    /** Whether a wait can be ended before its time. */
    public boolean canBeUnblocked() {
        return unblockable;
    }

    /** Who waits, as {@link RedisMaster#unblock} knows it; null if that is not known, or not yet. */
    public synchronized @Nullable Long client() {
        return id;
    }

    /** Closes the connection until the next call. */
    public synchronized void close() {
        id = null;
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private synchronized CompletableFuture<Link> connected() {
        if (link != null && link.isOpen()) {
            return CompletableFuture.completedFuture(link);
        }
        close();
        return client.connect().thenCompose(this::introduced).toCompletableFuture();
    }

    /** Asks for the name by which the server can be told to end the wait. */
    private CompletionStage<Link> introduced(Link opened) {
        synchronized (this) {
            close(); // one that was begun earlier, and took longer
            link = opened;
        }
        if (!unblockable) {
            return CompletableFuture.completedFuture(opened);
        }
        return opened.commands().clientId().handle((known, failure) -> {
            if (failure instanceof RedisCommandExecutionException) {
                unblockable = false; // it does not tell this user
            }
            synchronized (this) {
                id = known;
            }
            return opened;
        });
    }

    private static StreamEntry entry(StreamMessage<String, String> message) {
        Map<String, String> body = message.getBody();
        return new StreamEntry(message.getId(), body == null ? Map.of() : body);
    }
}
