package io.pottery.codec;

import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes nothing, but says why; Jackson adds the path. */
final class Jackson3Refusal<T> extends ValueSerializer<T> {

    private final String reason;

    Jackson3Refusal(String reason) {
        this.reason = reason;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext provider) {
        throw DatabindException.from(
                generator,
                reason,
                new RefusedTypeException(
                        Objects.requireNonNull(value).getClass().getName(), reason));
    }

    @Override
    public void serializeWithType(
            T value, JsonGenerator generator, SerializationContext provider, TypeSerializer typeSerializer) {
        serialize(value, generator, provider);
    }

    /** The same for what is read. */
    static final class Reader extends StdDeserializer<Object> {

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
