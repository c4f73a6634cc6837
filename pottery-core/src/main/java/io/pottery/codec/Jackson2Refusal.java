package io.pottery.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.Objects;

/** Writes nothing, but says why; Jackson adds the path. */
final class Jackson2Refusal<T> extends JsonSerializer<T> {

    private final String reason;

    Jackson2Refusal(String reason) {
        this.reason = reason;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        throw JsonMappingException.from(
                generator,
                reason,
                new RefusedTypeException(
                        Objects.requireNonNull(value).getClass().getName(), reason));
    }

    @Override
    public void serializeWithType(
            T value, JsonGenerator generator, SerializerProvider provider, TypeSerializer typeSerializer)
            throws IOException {
        serialize(value, generator, provider);
    }
}
