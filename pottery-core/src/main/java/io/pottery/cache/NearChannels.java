package io.pottery.cache;

import io.pottery.internal.redis.ChannelListener;
import io.pottery.internal.redis.LettuceChannels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells near caches what others have changed, all over one connection. */
final class NearChannels {

    private final LettuceChannels channels;
    private final Map<String, Channel> byName = new ConcurrentHashMap<>();

    NearChannels(LettuceChannels channels) {
        this.channels = channels;
    }

    /** Has {@code near} told what happens to the cache at {@code key}. */
    Channel join(String key, Near<?> near) {
        Channel channel = byName.computeIfAbsent(key, Channel::new);
        channel.nears.add(near);
        return channel;
    }

    /** Tells those in this process what happens to the cache at {@code key}, as a message would. */
    void tell(String key, String field) {
        Channel channel = byName.get(key);
        if (channel != null) {
            channel.message(field);
        }
    }

    /** What is told of one cache. */
    final class Channel implements ChannelListener {

        private final String name;
        private final Set<Near<?>> nears = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile boolean listening;

        private Channel(String name) {
            this.name = name;
        }

        /** Whether every change is heard of. If not, this asks for it. */
        boolean isListening() {
            if (!listening && asking.compareAndSet(false, true)) {
                channels.listen(name, this).whenComplete((heard, failure) -> asking.set(false));
            }
            return listening;
        }

        @Override
        public void message(String field) {
            tell(field.isEmpty() ? Near::forgetAll : near -> near.forget(field));
        }

        @Override
        public void listening() {
            tell(Near::forgetAll);
            listening = true;
        }

        @Override
        public void lost() {
            listening = false;
            tell(Near::forgetAll);
        }

        private void tell(Consumer<Near<?>> change) {
            List.copyOf(nears).forEach(change);
        }
    }
}
