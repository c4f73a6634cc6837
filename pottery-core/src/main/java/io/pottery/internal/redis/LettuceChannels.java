package io.pottery.internal.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The channels of one Redis that somebody listens to, all over one connection. */
public final class LettuceChannels extends RedisPubSubAdapter<String, String> {

    /** How long after a failed connect the next one is tried. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final LettuceClient client;
    private final Map<String, ChannelListener> listeners = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Boolean>> subscriptions = new HashMap<>();
    private @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private boolean connecting;
    private ElapsedClock.@Nullable Mark failed;

    LettuceChannels(LettuceClient client) {
        this.client = client;
    }

    /** The channels of the application's Redis; connects when somebody listens. */
    public static LettuceChannels of(LettuceConnectionFactory connections) {
        return new LettuceChannels(new FactoryClient(connections));
    }

    @Override
    public void message(String channel, String message) {
        ChannelListener listener = listeners.get(channel);
        if (listener != null) {
            listener.message(message);
        }
    }

    /** Comes once more each time that the connection was lost and is there again. */
    @Override
    public void subscribed(String channel, long count) {
        ChannelListener listener = listeners.get(channel);
        if (listener != null) {
            listener.listening();
        }
    }

    /**
     * Connects if it is not connected. It is asked for when the master is connected to, on the thread of a caller,
     * because the first time loads classes, for which a thread that reads replies has no time.
     */
    synchronized void open() {
        if (connection != null && !connection.isOpen()) {
            connection.closeAsync();
            connection = null;
            subscriptions.clear();
            listeners.values().forEach(ChannelListener::lost);
        }
        if (connection == null
                && !connecting
                && (failed == null || failed.elapsed().compareTo(PAUSE) > 0)) {
            connect();
        }
    }

    /** As {@link RedisMaster#listen}. Waits for the connection if there is none yet. */
    public CompletableFuture<Boolean> listen(String channel, ChannelListener listener) {
        CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
        StatefulRedisPubSubConnection<String, String> open;
        synchronized (this) {
            listeners.put(channel, listener);
            open();
            if (connection == null && !connecting) {
                return CompletableFuture.failedFuture(cannotListen(null));
            }
            CompletableFuture<Boolean> before = subscriptions.putIfAbsent(channel, subscribed);
            if (before != null) {
                return before;
            }
            open = connection;
        }
        if (open != null) {
            send(open, channel, subscribed); // which can fail at once, and is then forgotten
        }
        return subscribed;
    }

    /** As {@link RedisMaster#unlisten}. */
    public synchronized void unlisten(String channel, ChannelListener listener) {
        if (listeners.remove(channel, listener)) {
            subscriptions.remove(channel);
            if (connection != null) {
                connection.async().unsubscribe(channel);
            }
        }
    }

    private void connect() {
        connecting = true;
        try {
            client.connectPubSub().whenComplete(this::connected);
        } catch (RuntimeException e) {
            connected(null, e);
        }
    }

    private void connected(
            @Nullable StatefulRedisPubSubConnection<String, String> opened, @Nullable Throwable failure) {
        Map<String, CompletableFuture<Boolean>> waiting;
        synchronized (this) {
            connecting = false;
            waiting = Map.copyOf(subscriptions);
            connection = opened;
            if (opened == null) {
                subscriptions.clear();
                failed = ElapsedClock.system().mark();
            } else {
                opened.addListener(this);
                opened.addListener(new RedisConnectionStateListener() {
                    @Override
                    public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                        if (forgetAll(opened)) {
                            listeners.values().forEach(ChannelListener::lost);
                        }
                    }
                });
            }
        }
        if (opened != null) {
            waiting.forEach((channel, subscribed) -> send(opened, channel, subscribed));
        } else {
            waiting.values().forEach(subscribed -> subscribed.completeExceptionally(cannotListen(failure)));
        }
    }

    private void send(
            StatefulRedisPubSubConnection<String, String> connection,
            String channel,
            CompletableFuture<Boolean> subscribed) {
        connection.async().subscribe(channel).whenComplete((done, failure) -> {
            if (failure == null) {
                subscribed.complete(true);
            } else {
                forget(channel, subscribed);
                subscribed.completeExceptionally(cannotListen(failure));
            }
        });
    }

    /** What was confirmed on a connection that was lost has to be confirmed again. */
    private synchronized boolean forgetAll(StatefulRedisPubSubConnection<String, String> lost) {
        if (connection != lost) {
            return false;
        }
        subscriptions.clear();
        return true;
    }

    private synchronized void forget(String channel, CompletableFuture<Boolean> subscribed) {
        subscriptions.remove(channel, subscribed);
    }

    private MasterException cannotListen(@Nullable Throwable failure) {
        return MasterException.notSent(Failures.reason(failure, client.properties()), failure);
    }
}
