package io.pottery.internal.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.UnblockType;
import io.pottery.error.MasterConfigurationException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.LettuceClient.Link;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A master reached through Lettuce: one connection for all commands, so that they arrive in order, and one to listen.
 * Both are opened when they are needed, and anew when they are lost.
 */
public final class LettuceMaster implements RedisMaster {

    /** How long after a failed connect the next one is tried; those who ask between get the same answer. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** How long to wait for an answer that is wanted for itself. */
    private static final Duration LONGEST_PING = Duration.ofSeconds(2);

    /** How often a greeting that came to nothing is sent again at once. */
    private static final int MORE_GREETINGS = 2;

    private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
    private static final String[] NO_TEXT = {};

    private final String name;
    private final LettuceClient client;
    private final @Nullable RollCall rollCall;
    private final Duration longestSilence;
    private final Duration stall;
    private final ElapsedClock clock = ElapsedClock.system();
    private final LettuceChannels channels;

    private volatile @Nullable Session session;
    private volatile boolean closed;
    private @Nullable CompletableFuture<Boolean> connecting;
    private @Nullable Failure failure;

    LettuceMaster(String name, LettuceClient client, @Nullable RollCall rollCall, Duration longestSilence) {
        this.name = "%s (%s)".formatted(name, client);
        this.client = client;
        this.rollCall = rollCall;
        this.longestSilence = longestSilence;
        this.stall = longestSilence.dividedBy(4);
        this.channels = new LettuceChannels(client);
    }

    /** The masters of a {@code list} that these clients connect to; each must turn out to be a server of its own. */
    public static List<RedisMaster> independent(String list, Map<RedisURI, RedisClient> clients) {
        RollCall rollCall = clients.size() > 1 ? new RollCall() : null;
        List<RedisMaster> masters = new ArrayList<>();
        clients.forEach((uri, client) -> {
            String name = "%s[%d]".formatted(list, masters.size());
            LettuceClient lettuce = new UriClient(client, uri, name);
            masters.add(new LettuceMaster(name, lettuce, rollCall, uri.getTimeout()));
        });
        return List.copyOf(masters);
    }

    /** The application's Redis as the only master. */
    public static RedisMaster only(RedisConnectionFactory connections) {
        if (connections instanceof LettuceConnectionFactory lettuce) {
            return only(lettuce, lettuce.getClientConfiguration().getCommandTimeout());
        }
        throw new PotteryException(
                "Locks and ids need Lettuce, and the connection factory is a %s: use a LettuceConnectionFactory, or give PotteryFactory masters of their own"
                        .formatted(connections.getClass().getName()));
    }

    /** The application's Redis, which is connected to anew when it has owed an answer for {@code longestSilence}. */
    public static RedisMaster only(LettuceConnectionFactory lettuce, Duration longestSilence) {
        return new LettuceMaster("the application's Redis", new FactoryClient(lettuce), null, longestSilence);
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        Session current = session;
        boolean open = current != null && current.isOpen();
        MasterConfigurationException refusal = rollCall == null ? null : rollCall.refusal();
        CompletableFuture<Boolean> connected = open ? YES : connect();
        return refusal == null ? connected : CompletableFuture.failedFuture(refusal);
    }

    @Override
    public CompletableFuture<Boolean> ping() {
        boolean brief = !longestSilence.isZero() && longestSilence.compareTo(LONGEST_PING) < 0;
        Duration limit = brief ? longestSilence : LONGEST_PING;
        return connected()
                .thenCompose(connected -> {
                    Session current = session;
                    return current == null ? CompletableFuture.<Boolean>failedFuture(notSent(null)) : current.ping();
                })
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failed -> CompletableFuture.failedFuture(
                        Completion.causeOf(failed) instanceof TimeoutException
                                ? MasterException.unknown("no answer within %d ms".formatted(limit.toMillis()), null)
                                : Completion.causeOf(failed)));
    }

    @Override
    public boolean isStalled() {
        Session current = session;
        return current != null && current.isSilentFor(stall);
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        Session current = session;
        if (current == null || !current.isOpen()) {
            CompletableFuture<Boolean> connected = connect();
            return connected.isCompletedExceptionally()
                    ? connected.thenApply(never -> List.of())
                    : CompletableFuture.failedFuture(notSent(null));
        }
        return current.run(script, keys.toArray(NO_TEXT), args.toArray(NO_TEXT));
    }

    @Override
    public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
        return channels.listen(channel, new Told(listener));
    }

    @Override
    public void unlisten(String channel, Runnable listener) {
        channels.unlisten(channel, new Told(listener));
    }

    @Override
    public CompletableFuture<Boolean> unblock(long client) {
        Session current = session;
        return current == null || !current.isOpen()
                ? CompletableFuture.failedFuture(notSent(null))
                : current.link
                        .commands()
                        .clientUnblock(client, UnblockType.TIMEOUT)
                        .toCompletableFuture()
                        .thenApply(unblocked -> unblocked == 1);
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized CompletableFuture<Boolean> connect() {
        if (closed) {
            return CompletableFuture.failedFuture(
                    MasterException.notSent("it has been closed, so make a new factory with new masters", null));
        }
        Session current = session;
        if (current != null && current.isOpen()) {
            return YES;
        }
        if (connecting != null) {
            return connecting;
        }
        if (failure != null && failure.since().elapsed().compareTo(PAUSE) < 0) {
            return CompletableFuture.failedFuture(failure.reason());
        }
        if (current != null) {
            current.close();
        }
        CompletableFuture<Boolean> attempt = new CompletableFuture<>();
        connecting = attempt;
        try {
            opened(MORE_GREETINGS, clock.mark())
                    .thenCompose(this::introduced)
                    .whenComplete((link, failed) -> settle(attempt, link, failed));
            channels.open();
        } catch (RuntimeException e) {
            settle(attempt, null, e);
        }
        return attempt;
    }

    /**
     * Connects. What a server says to a greeting, and then the client closes the connection, is lost now and then: the
     * client learns that it is closed first. So that there is a reason to tell, it is asked again then, unless whatever
     * closes it takes its time.
     */
    private CompletionStage<Link> opened(int more, ElapsedClock.Mark begun) {
        return client.connect()
                .toCompletableFuture() // Lettuce's own does not know exceptionallyCompose
                .exceptionallyCompose(failed -> {
                    boolean again = more > 0
                            && !closed
                            && begun.elapsed().compareTo(PAUSE) < 0
                            && Failures.isClosedInGreeting(failed);
                    return again ? opened(more - 1, begun) : CompletableFuture.failedFuture(failed);
                });
    }

    /** Has the server say which it is. */
    private CompletionStage<Link> introduced(Link link) {
        if (rollCall == null) {
            return CompletableFuture.completedFuture(link);
        }
        return link.commands()
                .info("server")
                .toCompletableFuture()
                .orTimeout(longestSilence.toNanos(), TimeUnit.NANOSECONDS)
                .handle((info, failed) -> {
                    try {
                        if (info != null) {
                            rollCall.answer(name, info);
                        } else if (!(failed instanceof RedisCommandExecutionException)) { // which may not tell
                            throw new CompletionException(failed);
                        }
                        return link;
                    } catch (RuntimeException e) {
                        link.close();
                        throw e;
                    }
                });
    }

    private void settle(CompletableFuture<Boolean> attempt, @Nullable Link link, @Nullable Throwable failed) {
        Throwable reason = link == null ? notSent(failed) : null;
        synchronized (this) {
            connecting = null;
            if (reason != null) {
                failure = new Failure(reason, clock.mark());
                session = null;
            } else if (link != null) {
                failure = null;
                session = new Session(link);
            }
        }
        if (reason == null) {
            attempt.complete(true);
        } else {
            attempt.completeExceptionally(reason);
        }
    }

    private RuntimeException notSent(@Nullable Throwable failed) {
        Throwable cause = failed == null ? null : Completion.causeOf(failed);
        if (cause instanceof MasterException || cause instanceof MasterConfigurationException) {
            return (RuntimeException) cause;
        }
        return MasterException.notSent(
                cause == null ? "not connected yet" : Failures.reason(cause, client.properties()), cause);
    }

    private PotteryException failure(@Nullable Throwable failed) {
        return Optional.ofNullable(failed)
                .flatMap(Failures::wrongType)
                .<PotteryException>map(found -> new WrongTypeException("it holds a " + found, failed))
                .orElseGet(() -> MasterException.unknown(Failures.reason(failed, client.properties()), failed));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Who wants to know of every message, and not what it says. */
    private record Told(Runnable work) implements ChannelListener {

        @Override
        public void message(String message) {
            work.run();
        }
    }

    /** Why the last connect did not succeed. */
    private record Failure(Throwable reason, ElapsedClock.Mark since) {}

    /** One connection, and for how long it has owed an answer. */
    private final class Session {

        private final Link link;
        private final Set<RedisScript<?>> sent = ConcurrentHashMap.newKeySet();
        private final AtomicInteger unanswered = new AtomicInteger();
        private volatile ElapsedClock.Mark heard = clock.mark();

        Session(Link link) {
            this.link = link;
        }

        /** Completes when the server has answered, be it that it may not. */
        CompletableFuture<Boolean> ping() {
            asked();
            CompletableFuture<Boolean> pong = new CompletableFuture<>();
            link.commands().ping().whenComplete((answer, failed) -> {
                answered(failed);
                if (failed == null || Failures.isNotPermitted(failed)) {
                    pong.complete(true);
                } else {
                    pong.completeExceptionally(failure(failed));
                }
            });
            return pong;
        }

        /** Sends the text of a script the first time, so that the order of requests is that of the calls. */
        CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, String[] keys, String[] args) {
            asked();
            CompletableFuture<List<Object>> reply = new CompletableFuture<>();
            if (sent.add(script)) {
                eval(reply, script, keys, args);
                return reply;
            }
            link.commands()
                    .<List<Object>>evalsha(script.getSha1(), ScriptOutputType.MULTI, keys, args)
                    .whenComplete((answer, failed) -> {
                        if (failed instanceof RedisNoScriptException) {
                            eval(reply, script, keys, args);
                        } else {
                            answer(reply, answer, failed);
                        }
                    });
            return reply;
        }

        private void eval(
                CompletableFuture<List<Object>> reply, RedisScript<List<Object>> script, String[] keys, String[] args) {
            link.commands()
                    .<List<Object>>eval(script.getScriptAsString(), ScriptOutputType.MULTI, keys, args)
                    .whenComplete((answer, failed) -> answer(reply, answer, failed));
        }

        boolean isOpen() {
            if (isSilentFor(longestSilence)) {
                close(); // whatever is between swallows what is sent
            }
            return link.isOpen();
        }

        boolean isSilentFor(Duration limit) {
            return unanswered.get() > 0 && heard.elapsed().compareTo(limit) > 0;
        }

        private void answer(
                CompletableFuture<List<Object>> reply, @Nullable List<Object> answer, @Nullable Throwable failed) {
            answered(failed);
            if (failed == null && answer != null) {
                reply.complete(answer);
            } else {
                reply.completeExceptionally(failure(failed));
            }
        }

        private void asked() {
            if (unanswered.get() == 0) {
                heard = clock.mark();
            }
            unanswered.incrementAndGet();
        }

        private void answered(@Nullable Throwable failed) {
            if (failed == null || failed instanceof RedisCommandExecutionException) {
                heard = clock.mark();
            } else if (failed instanceof RedisCommandTimeoutException) {
                close(); // the client's own patience is over
            }
            unanswered.decrementAndGet();
        }

        void close() {
            link.close();
        }
    }
}
