package io.pottery.simulation;

import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.simulation.ModelMaster.Refusal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.data.redis.core.script.RedisScript;

/** A master as one client sees it. */
final class SimulatedLink implements RedisMaster {

    private static final long STALL = 250_000;
    private static final long LONGEST_SILENCE = 1_000_000;

    private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
    private static final Throwable NOT_SENT = failure(MasterException.notSent("it is down", null));
    private static final Throwable UNKNOWN = failure(MasterException.unknown("the connection was lost", null));

    private final String name;
    private final VirtualTime time;
    private final SimulatedNetwork network;
    private final SimulatedClient client;
    private final SimulatedServer server;
    private final Map<String, Runnable> listeners = new HashMap<>();
    private final Set<String> subscriptions = new HashSet<>();
    private int unanswered;
    private long lastHeard;
    private long lastArrivalThere;
    private long lastArrivalHere;

    SimulatedLink(
            String name, VirtualTime time, SimulatedNetwork network, SimulatedClient client, SimulatedServer server) {
        this.name = name;
        this.time = time;
        this.network = network;
        this.client = client;
        this.server = server;
        server.connect(this);
    }

    /** As futures pass it on, so that each need not take down its stack anew. */
    private static Throwable failure(MasterException reason) {
        return new CompletionException(reason);
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return server.up() ? YES : CompletableFuture.failedFuture(NOT_SENT);
    }

    @Override
    public boolean isStalled() {
        return unanswered > 0 && time.now() - lastHeard > STALL;
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        return ask(() -> server.master().run(script, keys, args));
    }

    @Override
    public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
        listeners.put(channel, listener);
        if (subscriptions.contains(channel)) {
            return YES;
        }
        return ask(() -> {
            subscriptions.add(channel);
            return true;
        });
    }

    @Override
    public void unlisten(String channel, Runnable listener) {
        if (listeners.remove(channel, listener)) {
            subscriptions.remove(channel);
        }
    }

    @Override
    public void close() {}

    /** Tells of a message, if this client has subscribed to its channel. */
    void publish(String channel) {
        if (subscriptions.contains(channel) && !network.loses()) {
            client.at(time.now() + network.delay(), () -> {
                Runnable listener = listeners.get(channel);
                if (listener != null) {
                    listener.run();
                }
            });
        }
    }

    /** The server is gone, and has forgotten who listened. */
    void broken() {
        subscriptions.clear();
    }

    private <T> CompletableFuture<T> ask(Supplier<T> work) {
        if (!server.up()) {
            return CompletableFuture.failedFuture(NOT_SENT);
        }
        if (unanswered++ == 0) {
            lastHeard = time.now();
        }
        CompletableFuture<T> reply = new CompletableFuture<>();
        lastArrivalThere = arrival(lastArrivalThere);
        time.at(lastArrivalThere, network.loses() ? () -> lose(reply) : () -> serve(work, reply));
        return reply;
    }

    private <T> void serve(Supplier<T> work, CompletableFuture<T> reply) {
        if (!server.up()) {
            lose(reply);
            return;
        }
        T answer;
        try {
            answer = work.get();
        } catch (Refusal e) {
            lose(reply);
            return;
        }
        if (network.loses()) {
            lose(reply);
            return;
        }
        lastArrivalHere = arrival(lastArrivalHere);
        client.at(lastArrivalHere, () -> {
            heard();
            reply.complete(answer);
        });
    }

    /** Has the client notice after a while that there will be no answer. */
    private void lose(CompletableFuture<?> reply) {
        client.at(time.now() + Math.min(10 * network.delay(), LONGEST_SILENCE), () -> {
            heard();
            reply.completeExceptionally(UNKNOWN);
        });
    }

    private void heard() {
        unanswered--;
        lastHeard = time.now();
    }

    private long arrival(long last) {
        long arrival = time.now() + network.delay();
        return network.ordered() ? Math.max(last, arrival) : arrival;
    }

    @Override
    public String toString() {
        return name;
    }
}
