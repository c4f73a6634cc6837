package io.pottery.codec;

import io.pottery.error.UnencodableValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The codec of any type that a JSON library can map. */
final class JsonCodec<T> implements Codec<T> {

    private final Class<T> raw;
    private final JsonMapping mapping;

    JsonCodec(Class<T> raw, JsonMapping mapping) {
        this.raw = raw;
        this.mapping = mapping;
    }

    @Override
    public byte[] encode(T value) {
        Objects.requireNonNull(value, "value");
        CanonicalJson json = new CanonicalJson();
        mapping.write(value, json);
        if (json.isNull()) {
            throw json.cannotWrite(
                    value.getClass().getName(), "its text would be null, which means absent; remove it instead", null);
        }
        return json.toBytes();
    }

    @Override
    public @Nullable T decode(byte[] json) {
        JsonText text = new JsonText(json, mapping.toString());
        if (text.length() == 0) {
            throw text.notJson("the text is empty");
        }
        if (text.is("null")) {
            return null;
        }
        Object value = mapping.read(text);
        if (!raw.isInstance(value)) {
            throw text.notJson("it is read as a " + value.getClass().getName());
        }
        return raw.cast(value);
    }

    @Override
    public byte @Nullable [] tryEncode(@Nullable Object candidate) {
        if (!raw.isInstance(candidate)) {
            return null;
        }
        try {
            return encode(raw.cast(candidate));
        } catch (UnencodableValueException e) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonCodec<?> that && mapping.equals(that.mapping);
    }

    @Override
    public int hashCode() {
        return mapping.hashCode();
    }

    @Override
    public String toString() {
        return "Codec<%s>".formatted(mapping);
    }
}
