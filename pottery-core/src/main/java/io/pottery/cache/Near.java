package io.pottery.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.pottery.cache.CacheState.Decoded;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies of entries in the memory of this process. They are there only while every change is heard of, and no longer
 * than the entries themselves.
 */
final class Near<V> {

    /** Keys that nobody can change, so that what their field was stays right. */
    private static final Set<Class<?>> UNCHANGEABLE = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Character.class,
            Boolean.class,
            Double.class,
            Float.class,
            UUID.class);

    /** How long a copy lives at most, should the network swallow messages and not tell. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Cache<String, Copy<V>> copies;
    private final Cache<Object, String> fields;
    private final NearChannels.Channel channel;

    /** How often something has changed, so that what was read before is not kept after. */
    private final AtomicLong changes = new AtomicLong();

    /** Creates copies of at most {@code size} entries of the cache at {@code key}. */
    Near(String key, int size, NearChannels channels) {
        ElapsedClock.Mark start = ElapsedClock.system().mark();
        this.copies = Caffeine.newBuilder()
                .maximumSize(size)
                .executor(Runnable::run) // starts no thread for what is soon done
                .ticker(() -> start.elapsed().toNanos())
                .expireAfter(Expiry.<String, Copy<V>>writing((field, copy) -> copy.life))
                .build();
        this.fields =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
        this.channel = channels.join(key, this);
    }

    /** The field of {@code key}, if it was remembered. */
    @Nullable
    String fieldOf(@Nullable Object key) {
        return key == null ? null : fields.getIfPresent(key);
    }

    /** Remembers the field of {@code key}, unless somebody may change that. */
    void remember(@Nullable Object key, String field) {
        if (key != null && isUnchangeable(key)) {
            fields.put(key, field);
        }
    }

    private static boolean isUnchangeable(Object key) {
        return key instanceof Arguments arguments
                ? arguments.toList().stream().allMatch(each -> each == null || isScalar(each))
                : isScalar(key);
    }

    private static boolean isScalar(Object key) {
        return UNCHANGEABLE.contains(key.getClass()) || key instanceof Enum;
    }

    /** The copy at {@code field}; null if there is none. */
    @Nullable
    Decoded<V> find(String field) {
        if (!channel.isListening()) {
            return null;
        }
        Copy<V> copy = copies.getIfPresent(field);
        return copy == null ? null : copy.value;
    }

    /**
     * Keeps what Redis has answered, unless something has changed since.
     *
     * @param life for how long, from then on; null if for ever
     * @param asked when Redis was asked, or before
     */
    void keep(String field, Decoded<V> value, @Nullable Duration life, Moment asked) {
        Duration longest = life == null || life.compareTo(LONGEST) > 0 ? LONGEST : life;
        Duration left = longest.minus(asked.mark().elapsed());
        if (!channel.isListening() || changes.get() != asked.changes() || left.isNegative()) {
            copies.invalidate(field); // which may be older
            return;
        }
        copies.put(field, new Copy<>(value, left));
        if (changes.get() != asked.changes()) { // whoever changed it may have been too early to remove this
            copies.invalidate(field);
        }
    }

    void forget(String field) {
        changes.incrementAndGet();
        copies.invalidate(field);
    }

    void forgetAll() {
        changes.incrementAndGet();
        copies.invalidateAll();
    }

    /** A moment, and how often something had changed until then. */
    record Moment(long changes, ElapsedClock.Mark mark) {

        static Moment now(@Nullable Near<?> near) {
            return new Moment(
                    near == null ? 0 : near.changes.get(), ElapsedClock.system().mark());
        }
    }

    private record Copy<V>(Decoded<V> value, Duration life) {}
}
