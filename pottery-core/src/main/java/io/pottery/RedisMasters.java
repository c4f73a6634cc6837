package io.pottery;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.pottery.error.MasterConfigurationException;
import io.pottery.internal.quorum.Await;
import io.pottery.internal.quorum.Votes;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.time.ElapsedClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Independent Redis masters, a majority of which decides about locks and ids: three or five servers, none of which is a
 * replica of another. They are connected to when they are first used.
 *
 * <pre>{@code
 * RedisMasters masters = RedisMasters.of("redis://10.0.0.1", "redis://10.0.0.2", "redis://10.0.0.3");
 * PotteryFactory pottery = PotteryFactory.builder(connections).masters(masters).build();
 * }</pre>
 *
 * <p>Each master has one connection for commands and one to listen. Nothing is sent twice, and nothing is kept for a
 * server that is away. One object may serve several factories; whoever made it closes it.
 */
public final class RedisMasters implements AutoCloseable {

    private static final Log LOG = LogFactory.getLog(RedisMasters.class);

    /** How long to wait for a connection, and for any answer before a connection is given up. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    /** How long the others are waited for when a majority has answered. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final Pattern USER = Pattern.compile("\\bUser \\S+(?= )");

    private static final int MAX_QUEUED_COMMANDS = 20_000;

    private final Map<RedisURI, RedisClient> clients = new LinkedHashMap<>();
    private final List<RedisMaster> masters;
    private final ElapsedClock clock = ElapsedClock.system();
    private final @Nullable ClientResources own;

    private RedisMasters(Builder builder) {
        this.own = builder.resources == null ? DefaultClientResources.create() : null;
        ClientResources resources = own == null ? requireNonNull(builder.resources) : own;
        builder.masters.forEach((uri, options) -> clients.put(uri, client(resources, uri, options)));
        this.masters = LettuceMaster.independent(builder.list, clients);
    }

    private RedisMasters(RedisMaster only) {
        this.own = null;
        this.masters = List.of(only);
    }

    /** The application's Redis as the only master, if it is reached through Lettuce. */
    static RedisMasters only(RedisConnectionFactory connections) {
        return new RedisMasters(LettuceMaster.only(connections));
    }

    /**
     * The masters at these URIs, such as {@code redis://user:password@host:6379/0?timeout=500ms}. The timeout is for a
     * connection, and for any answer before a connection is given up: 1 s unless the URI says otherwise.
     *
     * @throws IllegalArgumentException if there is none, or one is no URI of a server
     * @throws MasterConfigurationException if two are the same server
     */
    public static RedisMasters of(String... uris) {
        Builder builder = builder();
        for (int i = 0; i < uris.length; i++) {
            builder.add(uri(i, uris[i]));
        }
        return builder.build();
    }

    /** Begins masters that need more than a URI each. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many there are. */
    public int size() {
        return masters.size();
    }

    /** How messages call each of them, in the order in which they were given. */
    public List<String> names() {
        return masters.stream().map(RedisMaster::toString).toList();
    }

    /**
     * Sends a PING to each, all at once, and waits until a majority has answered, and for the others a quarter of a
     * second more; for as long as a connection may take, and 2 seconds at most, if there is no majority. Fails on none
     * of their failures.
     */
    public MastersInfo info() {
        Map<RedisMaster, CompletableFuture<MastersInfo.Master>> answers = new LinkedHashMap<>();
        masters.forEach(master -> answers.put(master, info(master)));
        Await.uninterruptibly(() -> allOrEnough(List.copyOf(answers.values())));
        List<MastersInfo.Master> infos = new ArrayList<>();
        answers.forEach((master, answer) -> infos.add(refusedOr(
                master,
                answer.getNow(new MastersInfo.Master(
                        master.toString(),
                        null,
                        "no answer within %d ms of the others".formatted(GRACE.toMillis()))))));
        return new MastersInfo(infos, reachable(infos) >= Votes.majorityOf(masters.size()));
    }

    private CompletableFuture<Boolean> allOrEnough(List<CompletableFuture<MastersInfo.Master>> answers) {
        CompletableFuture<Boolean> enough = new CompletableFuture<>();
        AtomicInteger reachable = new AtomicInteger();
        answers.forEach(answer -> answer.thenAccept(master -> {
            if (master.isReachable() && reachable.incrementAndGet() == Votes.majorityOf(masters.size())) {
                enough.completeOnTimeout(true, GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }));
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).thenRun(() -> enough.complete(true));
        return enough;
    }

    private static long reachable(List<MastersInfo.Master> masters) {
        return masters.stream().filter(MastersInfo.Master::isReachable).count();
    }

    /** Those that have turned out to be one server are asked nothing, though they answer. */
    private static MastersInfo.Master refusedOr(RedisMaster master, MastersInfo.Master info) {
        CompletableFuture<Boolean> connected = master.connected();
        return info.isReachable() && connected.isCompletedExceptionally()
                ? connected
                        .handle((open, failure) ->
                                new MastersInfo.Master(info.name(), null, failure == null ? "" : reason(failure)))
                        .getNow(info)
                : info;
    }

    private CompletableFuture<MastersInfo.Master> info(RedisMaster master) {
        ElapsedClock.Mark sent = clock.mark();
        return master.ping()
                .handle((pong, failure) -> failure == null
                        ? new MastersInfo.Master(master.toString(), sent.elapsed(), null)
                        : new MastersInfo.Master(master.toString(), null, reason(failure)));
    }

    /** Without the name of a user, which servers put into their refusals. */
    private static String reason(Throwable failure) {
        Throwable cause = Completion.causeOf(failure);
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return USER.matcher(reason).replaceAll("User");
    }

    List<RedisMaster> list() {
        return masters;
    }

    /** Closes all connections; whoever still waits for a lock gets an exception. */
    @Override
    public void close() {
        masters.forEach(RedisMaster::close);
        clients.values().forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
        if (own != null) {
            own.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    /** Tells the masters, without passwords. */
    @Override
    public String toString() {
        return masters.toString();
    }

    private static RedisURI uri(int index, @Nullable String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("masters[%d] is null".formatted(index));
        }
        try {
            URI parsed = URI.create(uri);
            RedisURI master = RedisURI.create(parsed);
            if (parsed.getQuery() == null || !parsed.getQuery().contains("timeout=")) {
                master.setTimeout(DEFAULT_TIMEOUT);
            }
            if (parsed.getHost() != null && master.getTimeout().toMillis() > 0) {
                return master;
            }
        } catch (IllegalArgumentException e) {
            // as below: the cause would repeat the URI, which may hold a password
        }
        throw new IllegalArgumentException(
                "masters[%d] is not a URI such as redis://user:password@host:6379/0?timeout=1s: a password must be percent-encoded, and a host has no underscore"
                        .formatted(index));
    }

    private static RedisClient client(
            ClientResources resources, RedisURI uri, UnaryOperator<ClientOptions.Builder> customizer) {
        ClientOptions.Builder options = ClientOptions.builder()
                .requestQueueSize(MAX_QUEUED_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(uri.getTimeout())
                        .keepAlive(true)
                        .build());
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(customizer
                .apply(options)
                .autoReconnect(false) // connections are opened anew on demand, so that nothing is replayed
                .replayFilter(command -> true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client;
    }

    /** Masters before they are complete. */
    public static final class Builder {

        private final Map<RedisURI, UnaryOperator<ClientOptions.Builder>> masters = new LinkedHashMap<>();
        private final List<String> addresses = new ArrayList<>();
        private String list = "masters";
        private @Nullable ClientResources resources;

        private Builder() {}

        /** Has messages call the masters as elements of {@code list}, by a property say; of "masters" by default. */
        public Builder named(String list) {
            this.list = requireNonNull(list, "list must not be null");
            return this;
        }

        /** Uses {@code resources}, which the caller shuts down, in place of own threads. */
        public Builder clientResources(ClientResources resources) {
            this.resources = requireNonNull(resources, "resources must not be null");
            return this;
        }

        /**
         * Adds the master at {@code uri}, whose timeout is for a connection and for any answer; 1 s if it is not set.
         */
        public Builder add(RedisURI uri) {
            return add(uri, UnaryOperator.identity());
        }

        /**
         * Adds the master at {@code uri}, with client options that {@code customizer} changes, for TLS say. Commands
         * are never sent twice and never kept for a lost connection, whatever it says.
         */
        public Builder add(RedisURI uri, UnaryOperator<ClientOptions.Builder> customizer) {
            requireNonNull(customizer, "customizer must not be null");
            int index = addresses.size();
            if (uri.getHost() == null || !uri.getSentinels().isEmpty()) {
                throw new IllegalArgumentException("masters[%d] must be a host and port".formatted(index));
            }
            String address = uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort();
            int same = addresses.indexOf(address);
            if (same >= 0) {
                throw new MasterConfigurationException(
                        "masters[%d] and masters[%d] are the same server (%s), which would have two votes: give each master a server of its own"
                                .formatted(same, index, address));
            }
            addresses.add(address);
            if (uri.getTimeout().equals(RedisURI.DEFAULT_TIMEOUT_DURATION)) {
                uri.setTimeout(DEFAULT_TIMEOUT);
            }
            masters.put(uri, customizer);
            return this;
        }

        /** Makes the masters; connects to none. */
        public RedisMasters build() {
            if (masters.isEmpty()) {
                throw new IllegalArgumentException("There must be at least one master");
            }
            if (masters.size() % 2 == 0) {
                LOG.warn("%d masters tolerate no more failures than %d: an odd number is better"
                        .formatted(masters.size(), masters.size() - 1));
            }
            return new RedisMasters(this);
        }
    }
}
