package io.pottery.codec;

import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of one type into the JSON text that Redis stores, and back.
 *
 * <p>Containers compare the bytes, not the values: equal values must encode to equal bytes. The bytes must be JSON
 * text, because {@code null} has a meaning of its own: Pottery never writes it, and where others wrote it, it counts as
 * absent. Implementations are immutable and safe for use by many threads.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

    /**
     * Returns the JSON text of {@code value} in UTF-8.
     *
     * @throws UnencodableValueException if the value, or anything inside it, cannot be written
     */
    byte[] encode(T value);

    /**
     * Returns the value that {@code json} is the text of; null for JSON's {@code null}.
     *
     * @throws UndecodableValueException if the bytes are not JSON, or not the JSON of a {@code T}
     */
    @Nullable
    T decode(byte[] json);

    /**
     * Encodes {@code candidate} if it is a {@code T} that can be written, else returns null: no such value can be in a
     * container with this codec.
     */
    byte @Nullable [] tryEncode(@Nullable Object candidate);
}
