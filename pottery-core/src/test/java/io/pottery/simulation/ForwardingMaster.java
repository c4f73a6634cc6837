package io.pottery.simulation;

import io.pottery.internal.redis.RedisMaster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.core.script.RedisScript;

/** A master that does what another one does; mutants override something. */
public class ForwardingMaster implements RedisMaster {

    private final RedisMaster master;

    /** Forwards to {@code master}. */
    public ForwardingMaster(RedisMaster master) {
        this.master = master;
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return master.connected();
    }

    @Override
    public boolean isStalled() {
        return master.isStalled();
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        return master.run(script, keys, args);
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
    public void close() {
        master.close();
    }

    @Override
    public String toString() {
        return master.toString();
    }
}
