package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/** Reads no classes: to load what a text names is what attackers wait for. */
final class Jackson2NoClass extends StdDeserializer<Class<?>> {

    static final String REASON = "no class is named in Redis; store what it stands for";

    private static final long serialVersionUID = 1L;

    Jackson2NoClass() {
        super(Class.class);
    }

    @Override
    public Class<?> deserialize(JsonParser parser, DeserializationContext context) {
        throw new RefusedTypeException(Class.class.getName(), REASON);
    }

    /** The same for the keys of a map. */
    static final class Key extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            throw new RefusedTypeException(Class.class.getName(), REASON);
        }
    }
}
