package io.pottery.queue;

import io.pottery.internal.redis.RedisMaster;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has those who wait here told when something happens to a queue that would not wake them: an element was given back,
 * or there is room again. All over one connection. A message that is lost costs time, and nothing else.
 */
final class Signals {

    private final RedisMaster master;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    Signals(RedisMaster master) {
        this.master = master;
    }

    /** Has {@code listener} told; completes when no message can be missed any more. */
    CompletableFuture<Boolean> listen(String queue, Runnable listener) {
        Channel channel = channels.compute(queue, (name, present) -> {
            Channel joined = present == null ? new Channel() : present;
            joined.listeners.add(listener);
            return joined;
        });
        return master.listen(queue, channel);
    }

    void unlisten(String queue, Runnable listener) {
        channels.computeIfPresent(queue, (name, channel) -> {
            channel.listeners.remove(listener);
            if (!channel.listeners.isEmpty()) {
                return channel;
            }
            master.unlisten(name, channel);
            return null;
        });
    }

    private static final class Channel implements Runnable {

        final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

        @Override
        public void run() {
            listeners.forEach(Runnable::run);
        }
    }
}
