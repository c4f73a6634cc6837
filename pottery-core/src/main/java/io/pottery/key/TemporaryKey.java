package io.pottery.key;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.TemporaryLife;

/**
 * A key with a random name that is deleted when this is closed. Containers opened by its {@link #name()} hold what is
 * needed for a while only.
 *
 * <p>A process that dies leaves the key for a minute at most: the key always has an end, which Pottery moves while
 * this, or a container opened by the name, is reachable and not closed. So {@code expire} and {@code persist} have no
 * lasting effect on such a container, and the key ends if Redis cannot be reached for a minute. Each call on such a
 * container also sends a PEXPIRE, which it waits for only until the key has been seen. The name alone keeps nothing:
 * hold on to this object, best in a {@code try}.
 *
 * <p>After {@link #close()} the containers refuse all calls on their elements with a {@link PotteryException}.
 */
public final class TemporaryKey implements AutoCloseable {

    private final TemporaryLife life;

    /** Takes over the key of {@code life}. For {@code PotteryFactory}. */
    public TemporaryKey(TemporaryLife life) {
        this.life = life;
    }

    /** The name to open containers by: {@code pottery:} and a random UUID, without the prefix of the factory. */
    public String name() {
        return life.name();
    }

    /**
     * Deletes the key, whatever it holds; does nothing the second time. One round trip; the memory is freed in the
     * background. An interrupted thread deletes it too, and stays interrupted.
     *
     * @throws PotteryException if Redis cannot be reached; the key then ends by itself within a minute
     */
    @Override
    public void close() {
        life.close();
    }

    @Override
    public String toString() {
        return "TemporaryKey[%s]".formatted(name());
    }
}
