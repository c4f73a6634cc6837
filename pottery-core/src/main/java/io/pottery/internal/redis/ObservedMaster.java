package io.pottery.internal.redis;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.observation.MasterObservationContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.core.script.RedisScript;

/** A master of which each request is observed. */
public final class ObservedMaster implements RedisMaster {

    private final RedisMaster master;
    private final ObservationRegistry registry;

    private ObservedMaster(RedisMaster master, ObservationRegistry registry) {
        this.master = master;
        this.registry = registry;
    }

    /** These {@code masters}, observed if anybody does. */
    public static List<RedisMaster> each(List<RedisMaster> masters, ObservationRegistry registry) {
        return registry == ObservationRegistry.NOOP
                ? masters
                : masters.stream()
                        .<RedisMaster>map(master -> new ObservedMaster(master, registry))
                        .toList();
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        Observed<MasterObservationContext> request = Observed.started(
                registry, MasterObservationContext.REQUEST, null, () -> new MasterObservationContext(toString()));
        return master.run(script, keys, args)
                .whenComplete((answer, failure) ->
                        request.stop(failure, about -> about.outcome(failure == null ? "answered" : "failed")));
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return master.connected();
    }

    @Override
    public CompletableFuture<Boolean> ping() {
        return master.ping();
    }

    @Override
    public boolean isStalled() {
        return master.isStalled();
    }

    @Override
    public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
        return master.listen(channel, listener);
    }

    @Override
    public void unlisten(String channel, Runnable listener) {
        master.unlisten(channel, listener);
    }

    @Override
    public CompletableFuture<Boolean> unblock(long client) {
        return master.unblock(client);
    }

    @Override
    public void close() {
        master.close();
    }

    @Override
    public String toString() {
        return master.toString();
    }
}
