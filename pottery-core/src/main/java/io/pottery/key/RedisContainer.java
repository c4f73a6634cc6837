package io.pottery.key;

import io.pottery.internal.redis.RedisKey;
import java.time.Duration;
import java.util.Optional;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * A container whose elements live at one key of one Redis.
 *
 * <p>The key exists while the container has elements. Its time to live belongs to the key, not to this object: it is
 * the same for every process, it survives every change in place, and it ends when the last element goes.
 */
public interface RedisContainer {

    /** The key in Redis, prefix included. */
    String key();

    /** The Redis that holds the key, for what Pottery does not offer; values are the bytes as they are stored. */
    RedisTemplate<String, byte[]> redis();

    /**
     * Removes all elements, and the key's time to live with them. One round trip; the memory is freed in the
     * background.
     */
    void clear();

    /**
     * Lets the whole container end after {@code timeToLive} from now, in place of what was set before. One round trip.
     *
     * @param timeToLive more than zero; rounded up to a millisecond
     * @return false if the container is empty: an empty one has no key that could expire
     */
    default boolean expire(Duration timeToLive) {
        return new RedisKey(redis(), DataType.NONE, key()).expire(timeToLive);
    }

    /** How long the container has to live; empty if it has no end, or no elements. One round trip. */
    default Optional<Duration> timeToLive() {
        return new RedisKey(redis(), DataType.NONE, key()).timeToLive();
    }

    /** Takes back {@link #expire}; false if there was nothing to take back. One round trip. */
    default boolean persist() {
        return new RedisKey(redis(), DataType.NONE, key()).persist();
    }
}
