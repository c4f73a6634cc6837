package io.pottery.internal.redis;

import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A codec for what one key holds, whose failures name the key. */
public final class KeyCodec<T> {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final RedisKey key;
    private final String what;
    private final Codec<T> codec;

    /** Wraps {@code codec} for what {@code key} holds, which messages call {@code what}: "a value", say. */
    public KeyCodec(RedisKey key, String what, Codec<T> codec) {
        this.key = key;
        this.what = what;
        this.codec = codec;
    }

    public byte[] encode(T value) {
        Objects.requireNonNull(value, () -> "%s of %s must not be null".formatted(what, key));
        byte[] text;
        try {
            text = codec.encode(value);
        } catch (PotteryException e) {
            throw new UnencodableValueException(
                    "%s for %s cannot be written: %s".formatted(what, key, e.getMessage()), e);
        }
        if (isReserved(text)) {
            throw new UnencodableValueException(
                    "%s for %s cannot be written: its codec %s must write JSON, and not null"
                            .formatted(what, key, codec.getClass().getName()),
                    null);
        }
        return text;
    }

    public byte @Nullable [] tryEncode(@Nullable Object candidate) {
        byte[] text = candidate == null ? null : codec.tryEncode(candidate);
        return text == null || isReserved(text) ? null : text;
    }

    /** Encodes those of {@code candidates} that can be here at all. */
    public List<byte[]> tryEncodeAll(Collection<?> candidates) {
        return candidates.stream().map(this::tryEncode).filter(Objects::nonNull).toList();
    }

    /**
     * Has {@code found} say of each of {@code candidates} that can be here at all whether it is, and returns that for
     * all of them, in their order.
     */
    public List<Boolean> findEach(Collection<?> candidates, Function<List<byte[]>, List<Boolean>> found) {
        List<byte @Nullable []> encoded = new ArrayList<>();
        candidates.forEach(candidate -> encoded.add(tryEncode(candidate)));
        Iterator<Boolean> answers = found.apply(
                        encoded.stream().flatMap(Stream::ofNullable).toList())
                .iterator();
        return encoded.stream().map(text -> text != null && answers.next()).toList();
    }

    /** Encodes all of {@code candidates}; null if one of them cannot be here at all. */
    public @Nullable List<byte[]> encodeAllOrNone(Collection<?> candidates) {
        List<byte[]> encoded = new ArrayList<>();
        for (Object candidate : candidates) {
            byte[] text = tryEncode(candidate);
            if (text == null) {
                return null;
            }
            encoded.add(text);
        }
        return encoded;
    }

    /** Decodes a reply; null for nil and for JSON's null. */
    public @Nullable T decode(byte @Nullable [] stored) {
        return decode(stored, "%s at %s cannot be read: %s");
    }

    /** Decodes what a call has just replaced or removed. */
    public @Nullable T decodeFormer(byte @Nullable [] stored) {
        return decode(stored, "%s at %s was replaced or removed as asked, but cannot be returned: %s");
    }

    private @Nullable T decode(byte @Nullable [] stored, String message) {
        if (stored == null) {
            return null;
        }
        try {
            return codec.decode(stored);
        } catch (PotteryException e) {
            throw new UndecodableValueException(message.formatted(what, key, e.getMessage()), e);
        }
    }

    /** Whether {@code text} has a meaning of its own in scripts: no value, removal, or absence. */
    private static boolean isReserved(byte[] text) {
        return text.length == 0 || (text.length == 1 && text[0] == '-') || Arrays.equals(text, NULL);
    }

    /** Whether both write the same bytes for the same values, as far as can be told. */
    public boolean sameAs(KeyCodec<?> other) {
        return codec.equals(other.codec);
    }
}
