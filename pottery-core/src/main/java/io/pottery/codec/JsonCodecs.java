package io.pottery.codec;

import io.pottery.error.PotteryException;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Makes the codecs of Java types: JSON as Python's {@code json.dumps(value, sort_keys=True)} writes it.
 *
 * <p>{@link Jackson3Codecs} and {@link Jackson2Codecs} map objects, each with what an application has taught its own
 * mapper, and write the same bytes; {@link #ofClassPath()} is for applications that have none. What each type becomes,
 * and what is refused, stands in docs/wire-format.md: equal values are equal bytes, sets and maps of any kind included,
 * and a codec reads only the type that it was made for, whatever the text says.
 *
 * <p>Whoever implements this maps objects with another library. What it makes must keep to the contract of
 * {@link Codec}. Immutable and safe for use by many threads; codecs are cheap to keep and costly to make anew for every
 * call.
 */
public interface JsonCodecs {

    /**
     * Returns codecs that map objects with the Jackson on the class path, configured by Pottery alone: with Jackson 3,
     * or else with Jackson 2. Without either, there are codecs of {@link String}, {@link Integer}, {@link Long},
     * {@link Double} and {@link Boolean}, and any other type is a {@link PotteryException} that says what to add.
     */
    static JsonCodecs ofClassPath() {
        return new ClassPathCodecs();
    }

    /**
     * Returns the codec of {@code type}; a primitive type is the same as its wrapper.
     *
     * @throws IllegalArgumentException if the type asks for names of classes in its JSON
     */
    <T> Codec<T> of(Class<T> type);

    /**
     * Returns the codec of a type with type arguments, such as {@code new ParameterizedTypeReference<List<Order>>()
     * {}}.
     *
     * @throws IllegalArgumentException if the type asks for names of classes in its JSON
     */
    <T> Codec<T> of(ParameterizedTypeReference<T> type);
}
