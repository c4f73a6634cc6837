package io.pottery.codec;

import io.pottery.error.UnencodableValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the codecs of single strings, numbers and booleans share; none of them asks a JSON library. */
abstract class ScalarCodec<T> implements Codec<T> {

    private final Class<T> type;

    ScalarCodec(Class<T> type) {
        this.type = type;
    }

    abstract byte[] write(T value);

    /** Reads a text that is not JSON's null. */
    abstract T read(JsonText text);

    @Override
    public final byte[] encode(T value) {
        return write(Objects.requireNonNull(value, "value"));
    }

    @Override
    public final @Nullable T decode(byte[] json) {
        JsonText text = new JsonText(json, type.getName());
        return text.is("null") ? null : read(text);
    }

    @Override
    public final byte @Nullable [] tryEncode(@Nullable Object candidate) {
        if (!type.isInstance(candidate)) {
            return null;
        }
        try {
            return write(type.cast(candidate));
        } catch (UnencodableValueException e) {
            return null;
        }
    }

    @Override
    public final String toString() {
        return "Codec<%s>".formatted(type.getName());
    }
}
