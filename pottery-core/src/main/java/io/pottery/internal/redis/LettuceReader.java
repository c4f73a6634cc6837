package io.pottery.internal.redis;

import static java.util.Objects.requireNonNullElse;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.pottery.internal.redis.LettuceClient.Link;
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

    private final LettuceClient client;
    private final Timer timer;
    private @Nullable Link link;
    private @Nullable Long id;

    /** Waits on the Redis behind {@code connections}; connects when it is first asked to. */
    public LettuceReader(LettuceConnectionFactory connections, Timer timer) {
        this.client = new FactoryClient(connections);
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
        connected().whenComplete((open, failure) -> {
            if (open == null) {
                entries.completeExceptionally(
                        MasterException.notSent(Failures.reason(failure, client.properties()), failure));
            } else {
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
            Duration patience) {
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
                    if (!(failure instanceof RedisCommandExecutionException)) {
                        open.close();
                    }
                    entries.completeExceptionally(
                            MasterException.unknown(Failures.reason(failure, client.properties()), failure));
                });
    }

    /** Who waits, as {@link RedisMaster#unblock} knows it; null if nobody does, or it cannot be told. */
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

    /** Asks for the name by which the server can be told to end the wait; in a cluster, each server has another one. */
    private CompletionStage<Link> introduced(Link opened) {
        if (opened.connection() instanceof StatefulRedisClusterConnection<?, ?>) {
            return CompletableFuture.completedFuture(opened(opened, null));
        }
        return opened.commands().clientId().handle((known, failure) -> opened(opened, known));
    }

    private synchronized Link opened(Link opened, @Nullable Long known) {
        link = opened;
        id = known;
        return opened;
    }

    private static StreamEntry entry(StreamMessage<String, String> message) {
        Map<String, String> body = message.getBody();
        return new StreamEntry(message.getId(), body == null ? Map.of() : body);
    }
}
