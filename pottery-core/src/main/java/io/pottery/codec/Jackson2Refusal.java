package io.pottery.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
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

    /** The same for what is read. */
    static final class Reader extends StdDeserializer<Object> {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Reader(Class<?> type, String reason) {
            super(type);
            this.reason = reason;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            throw new RefusedTypeException(handledType().getName(), reason);
        }
    }

    /** The same for the keys of a map that is read. */
    static final class KeyReader extends KeyDeserializer {

        private final Class<?> type;
        private final String reason;

        KeyReader(Class<?> type, String reason) {
            this.type = type;
            this.reason = reason;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            throw new RefusedTypeException(type.getName(), reason);
        }
    }
}
