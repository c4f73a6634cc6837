package io.pottery.cache;

import io.pottery.codec.Codec;
import io.pottery.codec.JsonCodecs;
import io.pottery.error.UnencodableValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Where in the hash of a cache the result of a call stands: at the text of its arguments, or at the digest of that.
 *
 * <p>Equal arguments have equal fields in every process, and arguments of different types or contents have different
 * ones: {@code 1}, {@code 1L}, {@code 1.0} and {@code "1"} are four. Nothing hangs on {@code hashCode}. What a codec
 * refuses is no argument either.
 *
 * <p>An object of the application is told by its class and its JSON. What is the same in the JSON is the same here: in
 * a property that is declared as {@code Object}, or as a type variable, {@code 1} is {@code 1L}.
 *
 * <p>Immutable and safe for use by many threads. Strings, and the numbers and enums that arguments mostly are, never
 * touch a JSON library.
 */
final class EntryField {

    private static final int LONGEST = 200;
    private static final String DIGEST = "sha256:";

    private final Codec<String> strings;
    private final Codec<Double> doubles;
    private final Supplier<Codec<Object>> others;

    /** {@code codecs} must not know anything of the application, for whose mapper objects may have other contents. */
    EntryField(JsonCodecs codecs) {
        strings = codecs.of(String.class);
        doubles = codecs.of(Double.class);
        others = SingletonSupplier.of(() -> codecs.of(Object.class));
    }

    /**
     * Returns the field of a call with the one argument {@code key}, or with all those of it if it is
     * {@link Arguments}.
     *
     * @throws UnencodableValueException if an argument cannot be written; the path begins with its index
     */
    byte[] of(@Nullable Object key) {
        Arguments arguments = key instanceof Arguments several ? several : Arguments.of(key);
        ArgumentsText text = new ArgumentsText(strings, doubles, others);
        text.write(arguments.toList());
        byte[] field = text.toString().getBytes(StandardCharsets.US_ASCII);
        return text.namesApplication() || field.length > LONGEST ? digest(field) : field;
    }

    private static byte[] digest(byte[] text) {
        return (DIGEST + HexFormat.of().formatHex(sha256().digest(text))).getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256, but this one", e);
        }
    }
}
